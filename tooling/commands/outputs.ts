import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { runCommand } from '../src/cli.js';
import { type Outputs, readOutputs } from '../src/deploy/outputs.js';
import { deployedTargetOf, environmentNamed } from '../src/deploy/target.js';

await runCommand({
  name: 'pnpm outputs',
  summary: 'tells what an environment offers: addresses and names of its resources',
  help: `
Usage: pnpm outputs [--env <environment>] [--json]

Options:
  --env   local (default), dev, staging or prod
  --json  print one JSON object
  --help  this text

Example:
  curl "$(pnpm -s outputs --json | jq -r .apiUrl)/products"`,
  options: { env: { type: 'string', default: 'local' }, json: { type: 'boolean', default: false } },
  async run({ env, json }) {
    const target = await deployedTargetOf(environmentNamed(env), console.error);
    const outputs = await readOutputs(new CloudFormationClient({ maxAttempts: 2 }), target);
    console.log(json ? JSON.stringify(outputs, null, 2) : table(outputs));
    return 0;
  },
});

/** One line per value; groups are indented below their name. */
function table(outputs: Outputs): string {
  const lines = (entries: [string, unknown][], indent: string): string[] =>
    entries.flatMap(([name, value]) =>
      typeof value === 'object' && value !== null
        ? [`${indent}${name}`, ...lines(Object.entries(value), `${indent}  `)]
        : [`${indent}${name.padEnd(34 - indent.length)} ${value}`],
    );
  return lines(Object.entries(outputs), '').join('\n');
}
