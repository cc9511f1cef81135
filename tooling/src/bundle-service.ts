import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type BuildContext, context, formatMessages, type Metafile, type OutputFile } from 'esbuild';
import { bundleOptions } from './bundle-options.js';
import { keepOnly, writeFolder } from './bundle-output.js';
import { UserError } from './cli.js';

/** One function's bundle, as it lies in `dist/functions/<name>`. */
export interface Bundle {
  readonly name: string;
  /** `index.mjs` and its chunks. */
  readonly bytes: number;
  /** What runs at the start: `index.mjs` and what it imports statically. */
  readonly startBytes: number;
  /** True where this build wrote another bundle than the one before. */
  readonly changed: boolean;
}

export interface BuiltService {
  /** By name. */
  readonly bundles: readonly Bundle[];
  readonly metafile: Metafile;
}

export interface ServiceBundler {
  /** Writes what changed since the last time, and nothing else. */
  build(): Promise<BuiltService>;
  close(): Promise<void>;
}

/**
 * Bundles every function of a service: `src/functions/…/<name>.ts` -> `dist/functions/<name>/index.mjs` and its
 * chunks; source maps lie in `dist/source-maps`. Folders below `src/functions` are for people: names are unique.
 * All functions are built at once: what they share is cut out once, so a function's files can change when another
 * one starts or stops importing something that both have.
 *
 * @throws {UserError} for no function, two functions of one name, and sources that esbuild refuses.
 */
export async function bundleService(folder: string): Promise<BuiltService> {
  const bundler = await openBundler(folder);
  try {
    return await bundler.build();
  } finally {
    await bundler.close();
  }
}

/** Keeps esbuild's work between builds, for those who watch. A new function needs a new bundler. */
export async function openBundler(folder: string): Promise<ServiceBundler> {
  const entries = Object.fromEntries(functionsOf(folder));
  const names = Object.keys(entries);
  const built = await context(bundleOptions(folder, entries));
  return {
    async build() {
      const { outputFiles, metafile } = await rebuilt(built);
      keepOnly(join(folder, 'dist/functions'), names);
      writeFolder(join(folder, 'dist/source-maps'), filesOf(outputFiles.filter(isMap)));
      const bundles = names.map((name) => writeBundle(folder, name, outputFiles, metafile));
      return { bundles, metafile };
    },
    close: () => built.dispose(),
  };
}

/** Name -> entry, relative to the service's folder, in the order of the names. */
export function functionsOf(folder: string): Map<string, string> {
  const root = join(folder, 'src/functions');
  const files = existsSync(root) ? readdirSync(root, { recursive: true, encoding: 'utf8' }) : [];
  const found = new Map<string, string>();
  for (const file of files.filter((path) => /(?<!\.d)\.ts$/.test(path)).sort()) {
    const name = basename(file, '.ts');
    const entry = `./src/functions/${file.replaceAll('\\', '/')}`;
    const other = found.get(name);
    if (other) throw new UserError(`Two functions are called ${name}: ${other} and ${entry}. Rename one.`);
    found.set(name, entry);
  }
  if (found.size === 0) throw new UserError(`There are no functions in ${root}.`);
  return new Map([...found].sort(([one], [two]) => (one < two ? -1 : 1)));
}

async function rebuilt(built: BuildContext) {
  try {
    const { outputFiles = [], metafile = { inputs: {}, outputs: {} } } = await built.rebuild();
    return { outputFiles, metafile };
  } catch (error) {
    const { errors } = error as { errors?: Parameters<typeof formatMessages>[0] };
    if (!errors) throw error;
    const messages = await formatMessages(errors, { kind: 'error' });
    throw new UserError(`The functions do not bundle:\n${messages.join('\n')}`);
  }
}

function writeBundle(folder: string, name: string, files: readonly OutputFile[], metafile: Metafile): Bundle {
  const entry = `dist/${name}.mjs`;
  const all = reachable(metafile, entry, () => true);
  const code = files.filter(({ path }) => all.has(relative(folder, path).replaceAll('\\', '/')));
  const changed = writeFolder(join(folder, 'dist/functions', name), filesOf(code, basename(entry)));
  const start = reachable(metafile, entry, (kind) => kind === 'import-statement');
  return { name, bytes: sizeOf(metafile, all), startBytes: sizeOf(metafile, start), changed };
}

/** The output files that `entry` needs; the functions of one service share those that they have in common. */
function reachable(
  { outputs }: Metafile,
  entry: string,
  follow: (kind: string) => boolean,
  seen = new Set<string>(),
): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const { path, kind, external } of outputs[entry]?.imports ?? [])
    if (!external && follow(kind)) reachable({ outputs, inputs: {} }, path, follow, seen);
  return seen;
}

const sizeOf = ({ outputs }: Metafile, paths: ReadonlySet<string>): number =>
  [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);

const isMap = ({ path }: OutputFile): boolean => path.endsWith('.map');

/** File name -> contents; the entry is what Lambda's handler `index.handler` names. */
const filesOf = (files: readonly OutputFile[], entry?: string): Map<string, Uint8Array> =>
  new Map(
    files.map(({ path, contents }) => {
      const file = basename(path);
      return [file === entry ? 'index.mjs' : file, contents];
    }),
  );
