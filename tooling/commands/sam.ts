import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cloudPlace, localProcessEnvironment } from '@shipline/local-cloud';
import { endWith } from '../src/cli.js';
import { environmentOf } from '../src/deploy/target.js';
import { root } from '../src/paths.js';
import { samEnvironment, samVenv } from '../src/sam.js';

/**
 * `pnpm sam <anything>`: the SAM CLI of this repository (installed on first use), run from its root. What is meant
 * for environment `local` (the default of samconfig.toml) talks to the local cloud.
 */
await endWith(async () => {
  const args = process.argv.slice(2).filter((argument, index) => index > 0 || argument !== '--');
  const { bin } = await samVenv(console.error);
  const child = spawn(join(bin, 'sam'), args, {
    cwd: root,
    stdio: 'inherit',
    env: isLocal(args) ? samEnvironment(localEnvironment()) : samEnvironment(),
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
});

function isLocal(given: readonly string[]): boolean {
  const at = given.indexOf('--config-env');
  const named =
    at >= 0 ? given[at + 1] : given.find((argument) => argument.startsWith('--config-env='))?.slice(13);
  return named === undefined || named === 'default' || named.startsWith('local-');
}

function localEnvironment(): Record<string, string | undefined> {
  const real = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(real.map((name) => [name, undefined])),
    ...localProcessEnvironment({ port: cloudPlace().port, account: environmentOf('local').account }),
  };
}
