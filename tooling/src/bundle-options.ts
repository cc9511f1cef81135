import type { BuildOptions, Plugin } from 'esbuild';

/** CommonJS parts of a bundle still ask for `require`. */
const banner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/**
 * How every function is bundled (docs/adr/0012 tells why, `pnpm bench` what it brings): ESM from the packages' own
 * ESM builds, minified, and split, so that what is imported lazily stays unloaded. Deterministic: the output
 * depends on the sources alone, never on where they lie.
 */
export function bundleOptions(
  folder: string,
  /** Name -> source file, relative to the folder. */
  entryPoints: Readonly<Record<string, string>>,
): BuildOptions & { metafile: true; write: false } {
  return {
    absWorkingDir: folder,
    entryPoints,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    splitting: true,
    minify: true,
    mainFields: ['module', 'main'],
    conditions: ['module'],
    banner: { js: banner },
    legalComments: 'none',
    // Beside the bundles, not in them: a map weighs several times its bundle.
    sourcemap: 'external',
    sourcesContent: false,
    plugins: [builtinHttp, withoutLocales],
    logLevel: 'silent',
    metafile: true,
    write: false,
  };
}

/**
 * `import … from 'node:http'` reads every export of the module, and some of them load half of Node (undici,
 * WebSocket) when they are read: 23 of 27 ms. Asked for this way, the module gives what is used and no more.
 */
const builtinHttp: Plugin = {
  name: 'builtin-http',
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?http$/ }, () => ({ path: 'http', namespace: 'builtin' }));
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}')`,
      loader: 'js',
    }));
  },
};

/** `zod/mini` names its languages in a namespace export that pulls all of them in; the kit has messages of its own. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup(build) {
    build.onResolve({ filter: /\/locales\/index\.js$/ }, ({ importer }) =>
      /[\\/]zod[\\/]/.test(importer) ? { path: 'locales', namespace: 'no-locales' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'no-locales' }, () => ({ contents: 'export {}', loader: 'js' }));
  },
};
