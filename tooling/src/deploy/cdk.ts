import { relative } from 'node:path';
import { UserError } from '../cli.js';
import { root } from '../paths.js';
import { run, tool, toolEnvironment } from '../process.js';
import type { Progress } from '../progress.js';

/** How many stacks CloudFormation works on at a time. */
const concurrency = 4;

export interface CdkOptions {
  /** The file that keeps all that the CDK says. */
  readonly log?: string;
  readonly stopped?: AbortSignal;
}

/**
 * `cdk deploy` of these stacks of a synthesized app: each after those that it depends on, otherwise side by side. After
 * a failure it begins no other stack; those that CloudFormation works on already come to their own end.
 * @throws {UserError} with what failed, in the CDK's words.
 */
export async function cdkDeploy(
  assembly: string,
  stackNames: readonly string[],
  progress: Progress,
  options: CdkOptions = {},
): Promise<void> {
  if (stackNames.length === 0) return;
  let finished = 0;
  const args = [
    ...['deploy', '--app', assembly, '--exclusively', '--require-approval', 'never', '--method', 'direct'],
    ...['--concurrency', String(concurrency), '--progress', 'events', '--no-notices', '--ci'],
    ...stackNames,
  ];
  const { code, output } = await run(tool('cdk'), args, {
    ...options,
    env: toolEnvironment({ CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_DISABLE_VERSION_CHECK: '1' }),
    onLine: (line) => {
      const done = /✅\s+(\S+)/.exec(line)?.[1];
      if (done) progress.note(`${done} is deployed (${++finished} of ${stackNames.length})`);
    },
  });
  if (code === 0) return;
  const kept = options.log ? `\nAll that it said: ${relative(root, options.log)}` : '';
  throw new UserError(`cdk deploy failed (exit code ${code}):\n${essence(output)}${kept}`);
}

/** Most lines that a person reads of another tool. */
const most = 25;

/** The CDK ends with what failed, one ❌ per stack; where it has none, its last lines must do. */
export function essence(output: string): string {
  const lines = output.trimEnd().split('\n');
  const failure = lines.findIndex((line) => line.startsWith('❌'));
  return (failure < 0 ? lines : lines.slice(failure)).slice(-most).join('\n');
}
