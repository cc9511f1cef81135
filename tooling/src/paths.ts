import { join, resolve } from 'node:path';

/** The repository's root. */
export const root = resolve(import.meta.dirname, '../..');
export const binDirectory = join(root, 'node_modules/.bin');
export { workDirectory } from '@shipline/local-cloud';
/**
 * Where an environment's templates are synthesized to. `SHIPLINE_ASSEMBLIES` moves them: a test run has its own, so
 * that it and a `pnpm dev` beside it never deploy each other's.
 */
export const cdkOut = (environment: string) =>
  join(process.env['SHIPLINE_ASSEMBLIES'] ?? join(root, 'cdk.out'), environment);
