import type { Values } from '@shipline/tooling/cli';
import { renderedFiles, staleFiles, writeRendered } from '../../src/render/rendered-files.js';

/** Writes the files of every engine, or says which of them are stale. */
export async function render(_: readonly string[], { check }: Values): Promise<number> {
  const files = renderedFiles();
  const stale = staleFiles(files);
  if (check) {
    for (const path of stale) console.error(`${path} is stale: run \`pnpm run pipeline render\`.`);
    return stale.length > 0 ? 1 : 0;
  }
  writeRendered(files);
  console.log(stale.length > 0 ? `Rendered ${stale.join(', ')}.` : 'Every file was up to date.');
  return 0;
}
