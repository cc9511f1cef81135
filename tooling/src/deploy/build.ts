import { mustRun, tool } from '../process.js';

/** Bundles every function, renders the contracts and builds the storefront; turbo keeps what has not changed. */
export async function build(): Promise<void> {
  await mustRun('The build', tool('turbo'), ['run', 'build', '--output-logs=errors-only'], {});
}
