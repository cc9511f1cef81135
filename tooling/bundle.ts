import { bundleService } from './src/bundle-service.js';
import { runCommand } from './src/cli.js';

const kb = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`;

/** `tsx ../../tooling/bundle.ts` in a service's folder: the service's `build` script. */
await runCommand({
  name: 'bundle',
  summary: 'bundles the functions of the service in the current folder',
  help: 'Usage: tsx ../../tooling/bundle.ts\n\nsrc/functions/**/<name>.ts -> dist/functions/<name>/index.mjs',
  options: {},
  run: async () => {
    for (const { name, bytes, startBytes, changed } of (await bundleService(process.cwd())).bundles)
      console.log(`${name}: ${kb(startBytes)} at start, ${kb(bytes)} in all${changed ? '' : ' (unchanged)'}`);
    return 0;
  },
});
