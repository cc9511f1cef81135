import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
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
  const { metafile } = await build(bundleOptions(root, { index: relative(root, fn.entry) }));
  const contents = floorSource(sdkImportsOf(metafile));
  if (contents === undefined) return undefined;
  const source = join(directory, 'floor.ts');
  writeFileSync(source, contents);
  const outdir = join(directory, 'floor');
  await build({
    ...bundleOptions(root, { index: relative(root, source) }),
    // The SDKs are found where the kit finds them: it makes the clients.
    nodePaths: modulesOf(fn),
    outdir,
    write: true,
  });
  return join(outdir, 'index.mjs');
}

/** Where a function's SDKs are installed: with the kit, which makes its clients, and with its service. */
export const modulesOf = ({ service }: BenchFunction) =>
  [join('packages/lambda-kit'), join('services', service)].map((folder) =>
    join(root, folder, 'node_modules'),
  );

/** Kilobytes that a start reads: the entry and every chunk that it imports statically. */
export function startKilobytes(file: string, seen = new Set<string>()): number {
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g)].map((match) =>
    join(dirname(file), match[1] ?? ''),
  );
  const rest = imports
    .filter((path) => !seen.has(path))
    .map((path) => (seen.has(path) ? 0 : startKilobytes(path, seen)));
  return rest.reduce((sum, kb) => sum + kb, statSync(file).size / 1024);
}
