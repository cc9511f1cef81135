import { cpSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { bundleOptions } from '../src/bundle-options.js';
import { root } from '../src/paths.js';
import { floorSource, sdkImportsOf } from './floor.js';
import type { BenchFunction } from './functions.js';

export interface Variants {
  /** What is deployed. */
  readonly ours: string;
  /** The same source as `NodejsFunction` bundles it by default. */
  readonly cdkDefault: string;
  /** The function's SDKs and the logger alone; undefined for a function without an SDK. */
  readonly floor: string | undefined;
}

/** CDK's default: CommonJS, not minified, the AWS SDK left to the runtime (here: to node_modules). */
async function buildDefault({ entry, service }: BenchFunction, outfile: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    external: ['@aws-sdk/*', '@smithy/*'],
    metafile: true,
    logLevel: 'error',
    absWorkingDir: join(root, 'services', service),
  });
  return metafile;
}

/** The directory must be below the service, so that what stays external is found from there. */
export async function buildVariants(fn: BenchFunction): Promise<Variants> {
  const directory = join(root, 'services', fn.service, 'dist/bench', fn.name.replace('/', '-'));
  mkdirSync(directory, { recursive: true });
  const cdkDefault = join(directory, 'default.cjs');
  await buildDefault(fn, cdkDefault);
  const floor = await buildFloor(fn, directory);
  const ours = join(directory, 'ours');
  cpSync(dirname(fn.bundle), ours, { recursive: true });
  return { ours: join(ours, 'index.mjs'), cdkDefault, floor };
}

async function buildFloor(fn: BenchFunction, directory: string): Promise<string | undefined> {
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: [fn.entry],
    outdir: join(directory, 'meta'),
    write: false,
    metafile: true,
    absWorkingDir: root,
  });
  const contents = floorSource(sdkImportsOf(metafile));
  if (contents === undefined) return undefined;
  const outdir = join(directory, 'floor');
  await build({
    ...bundleOptions,
    stdin: { contents, resolveDir: dirname(fn.entry), sourcefile: 'floor.ts', loader: 'ts' },
    outdir,
    entryNames: 'index',
    absWorkingDir: root,
  });
  return join(outdir, 'index.mjs');
}

/** Kilobytes of the file that a start reads first, and of everything that may be loaded later. */
export const kilobytes = (file: string) => Math.round(statSync(file).size / 1024);
