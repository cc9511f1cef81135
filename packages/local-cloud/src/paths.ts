import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LocalCloudError } from './errors.js';

export const packageDirectory = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const repositoryRoot = resolve(packageDirectory, '../..');

/**
 * Git-ignored; everything that can be made again lives here. `SHIPLINE_WORK` moves it: a checkout that a pipeline has
 * made shares the cloud and the virtual environments of the clone that it was made from.
 */
export const workDirectory = resolve(process.env['SHIPLINE_WORK'] ?? join(repositoryRoot, '.shipline'));
export const venvsDirectory = join(workDirectory, 'venvs');
export const defaultStateDirectory = join(workDirectory, 'cloud');

export const requirementsFile = join(packageDirectory, 'requirements.lock');
export const extensionDirectory = join(packageDirectory, 'extension');

/**
 * The folder of the repository's own Node 24: Lambda's runtime, whatever the host has.
 * @throws {LocalCloudError} `NODE_MISSING` before `pnpm install`.
 */
export function pinnedNodeDirectory(root = repositoryRoot): string {
  try {
    return dirname(realpathSync(join(root, 'node_modules/.bin/node')));
  } catch (cause) {
    throw new LocalCloudError(
      'NODE_MISSING',
      'The repository has no Node 24 of its own yet: run `pnpm install` and try again.',
      { cause },
    );
  }
}
