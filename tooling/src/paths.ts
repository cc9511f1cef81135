import { join, resolve } from 'node:path';

/** The repository's root. */
export const root = resolve(import.meta.dirname, '../..');
export const binDirectory = join(root, 'node_modules/.bin');
/** Git-ignored: everything that can be made again. */
export const workDirectory = join(root, '.shipline');
export const cdkOut = (environment: string) => join(root, 'cdk.out', environment);
