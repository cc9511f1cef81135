import { cpSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FaultName } from '../drill.js';

const faults = join(import.meta.dirname, '../faults');

/**
 * Copies a function's bundle and puts a fault around its handler. The sources stay as they are: what is released is
 * the service's own bundle, with another entry.
 */
export async function changedBundle(sound: string, fault: FaultName, folder: string): Promise<void> {
  cpSync(sound, folder, { recursive: true });
  renameSync(join(folder, 'index.mjs'), join(folder, 'sound.mjs'));
  await build({
    stdin: { contents: entryWith(fault), resolveDir: faults },
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    external: ['./sound.mjs'],
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'silent',
  });
}

const entryWith = (fault: FaultName) => `
  import { fault } from './${fault}.ts';
  import { handler as sound } from './sound.mjs';
  export const handler = fault(sound);
`;
