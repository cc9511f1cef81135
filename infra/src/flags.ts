import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The context of cdk.json: the CLI hands it to the app, tests and other tools read it here, so that every
 * synthesis of one input gives the same bytes.
 */
export const contextOfCdkJson = (): Record<string, unknown> => {
  const file = resolve(import.meta.dirname, '../cdk.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { context: Record<string, unknown> }).context;
};
