import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ServiceName } from './names.js';

/** Finds the folder of a function's bundle (`index.mjs` and its chunks). */
export type Bundles = (owner: ServiceName | 'platform', functionName: string) => string;

const repository = resolve(import.meta.dirname, '../..');

/** A bundle is absent: the functions have to be built before the stacks can be synthesized. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** The bundles that `pnpm build` makes, below `<owner's folder>/dist/functions`. */
export const builtBundles =
  (root = repository): Bundles =>
  (owner, functionName) => {
    const folder = owner === 'platform' ? 'infra' : `services/${owner}`;
    const bundle = join(root, folder, 'dist/functions', functionName);
    if (!existsSync(join(bundle, 'index.mjs')))
      throw new BundleError(
        `${folder} has no bundle of its function ${functionName}: run \`pnpm build\` first.`,
      );
    return bundle;
  };
