import { mustRun, tool, toolEnvironment } from '../process.js';
import type { Progress } from '../progress.js';

/** How many stacks CloudFormation works on at a time. */
const concurrency = 4;

/** `cdk deploy` of these stacks of a synthesized app, in the order of their dependencies. */
export async function cdkDeploy(
  assembly: string,
  stackNames: readonly string[],
  progress: Progress,
): Promise<void> {
  if (stackNames.length === 0) return;
  let finished = 0;
  const args = [
    ...['deploy', '--app', assembly, '--exclusively', '--require-approval', 'never', '--method', 'direct'],
    ...['--concurrency', String(concurrency), '--progress', 'events', '--no-notices', '--ci'],
    ...stackNames,
  ];
  await mustRun('cdk deploy', tool('cdk'), args, {
    env: toolEnvironment({ CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: '1' }),
    onLine: (line) => {
      const done = /✅\s+(\S+)/.exec(line)?.[1];
      if (done) progress.note(`${done} is deployed (${++finished} of ${stackNames.length})`);
    },
  });
}
