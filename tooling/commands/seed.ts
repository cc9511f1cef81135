import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { runCommand } from '../src/cli.js';
import { readOutputs } from '../src/deploy/outputs.js';
import { seedShop } from '../src/deploy/seed.js';
import { deployedTargetOf, environmentNamed } from '../src/deploy/target.js';
import { consoleProgress } from '../src/progress.js';

await runCommand({
  name: 'pnpm seed',
  summary: 'puts the products and their first stock into an environment',
  help: `
Usage: pnpm seed [--env <environment>]

Repeating it is harmless: what is there already stays, save that in local and dev the products follow
services/catalog/seed.

Options:
  --env   local (default), dev, staging or prod
  --help  this text`,
  options: { env: { type: 'string', default: 'local' } },
  async run({ env }) {
    const progress = consoleProgress();
    const target = await deployedTargetOf(environmentNamed(env), progress.note);
    await seedShop(await readOutputs(new CloudFormationClient({ maxAttempts: 2 }), target), progress);
    return 0;
  },
});
