import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { SFNClient } from '@aws-sdk/client-sfn';
import { XRayClient } from '@aws-sdk/client-xray';
import { OrderId } from '@shipline/contracts';
import { runCommand, UserError } from '../src/cli.js';
import { readOutputs } from '../src/deploy/outputs.js';
import { deployedTargetOf, environmentNamed } from '../src/deploy/target.js';
import { collectOrderWay } from '../src/trace/collect.js';
import { printedWay } from '../src/trace/print.js';

await runCommand({
  name: 'pnpm trace',
  summary: 'shows what happened to one order, step by step',
  help: `
Usage: pnpm trace <order id> [--env <environment>] [--hours <n>] [--json]

One timeline from X-Ray (traces annotated with the order, and those they are linked to), the history of its checkout in
Step Functions, and the log lines that name it. Where nothing was sampled, history and logs tell it alone.

Options:
  --env    local (default), dev, staging or prod
  --hours  how long after its checkout began to look (default 24); without a checkout, how far back from now
  --json   print one JSON object
  --help   this text

Example:
  pnpm trace ord_01JZ8QK3T5V7X9BCDEFGHJKMNP`,
  options: {
    env: { type: 'string', default: 'local' },
    hours: { type: 'string', default: '24' },
    json: { type: 'boolean', default: false },
  },
  takesWords: true,
  async run({ env, hours, json }, words) {
    const orderId = orderIdFrom(words);
    const length = hoursFrom(hours);
    const target = await deployedTargetOf(environmentNamed(env), console.error);
    const settings = { maxAttempts: 4 };
    const outputs = await readOutputs(new CloudFormationClient(settings), target);
    const clients = {
      stepFunctions: new SFNClient(settings),
      xray: new XRayClient(settings),
      logs: new CloudWatchLogsClient(settings),
    };
    const way = await collectOrderWay(clients, outputs, { orderId, hours: length, now: new Date() });
    if (!way)
      throw new UserError(
        `Nothing is known of order ${orderId} in environment \`${outputs.environment}\`: no checkout, and no trace or log line in the last ${length} h (\`--hours\` looks further back).`,
      );
    console.log(json ? JSON.stringify(way, null, 2) : printedWay(way));
    return 0;
  },
});

function orderIdFrom([named, ...more]: readonly string[]): string {
  if (named === undefined || more.length > 0)
    throw new UserError(
      'Name one order: `pnpm trace <order id>`. The shop shows it on the page of the order.',
    );
  const parsed = OrderId.safeParse(named);
  if (parsed.success) return parsed.data;
  throw new UserError(`\`${named}\` is no order id: one looks like ord_01JZ8QK3T5V7X9BCDEFGHJKMNP.`);
}

function hoursFrom(text: unknown): number {
  const hours = Number(text);
  if (Number.isFinite(hours) && hours > 0) return hours;
  throw new UserError(`\`--hours\` takes a number above 0, not \`${text}\`.`);
}
