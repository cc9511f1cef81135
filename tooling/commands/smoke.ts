import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { runCommand } from '../src/cli.js';
import { readOutputs } from '../src/deploy/outputs.js';
import { deployedTargetOf, environmentNamed } from '../src/deploy/target.js';
import { root } from '../src/paths.js';
import { run, tool, toolEnvironment } from '../src/process.js';

await runCommand({
  name: 'pnpm smoke',
  summary: 'asks a deployed environment whether the shop works; it reads and quotes, and buys nothing',
  help: `
Usage: pnpm smoke [--env <environment>]

Options:
  --env   local (default), dev, staging or prod
  --help  this text`,
  options: { env: { type: 'string', default: 'local' } },
  async run({ env }) {
    const target = await deployedTargetOf(environmentNamed(env), console.log);
    const outputs = await readOutputs(new CloudFormationClient({ maxAttempts: 2 }), target);
    const { code } = await run(tool('vitest'), ['run', '--config', 'smoke/vitest.config.ts'], {
      cwd: join(root, 'tests'),
      env: toolEnvironment({ SHIPLINE_OUTPUTS: JSON.stringify(outputs) }),
      onLine: console.log,
    });
    return code;
  },
});
