import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.js';
import { mustRun, tool } from '../process.js';

/** Bundles every function, renders the contracts and builds the storefront; turbo keeps what has not changed. */
export async function build(): Promise<void> {
  // Turbo lays what it has cached over what is there: the chunks of another build would stay, and be released with it.
  for (const outputs of globSync('services/*/dist', { cwd: root }))
    rmSync(join(root, outputs), { recursive: true, force: true });
  await mustRun('The build', tool('turbo'), ['run', 'build', '--output-logs=errors-only'], {});
}
