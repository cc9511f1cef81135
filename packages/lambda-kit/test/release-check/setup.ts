import type { InvokeCommand } from '@aws-sdk/client-lambda';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { releaseCheckEntry } from '../../src/release-check-entry.js';
import type { ReleaseChecks } from '../../src/release-checks.js';

export const event = { DeploymentId: 'd-ABC123', LifecycleEventHookExecutionId: 'hook-1' };
const settings = { SHIPLINE_ENVIRONMENT: 'dev', POWERTOOLS_SERVICE_NAME: 'parcels' } as const;

export interface Call {
  readonly function: string;
  readonly payload: unknown;
  readonly correlationId: string;
}

/** What a call ends in: a payload, a failed function, no answer at all, or the SDK's own error. */
export type Ending = { value: unknown } | { error: object } | 'silence' | Error;

interface Setting {
  readonly answer?: (call: Call) => Ending;
  /** What CodeDeploy says the deployment is about, by page. */
  readonly pages?: readonly (readonly string[])[];
  readonly mode?: 'all' | 'read-only';
  readonly remaining?: () => number;
  readonly codeDeployFails?: (command: string) => boolean;
}

/** The hook with both of its clients faked. */
export function setup(
  checks: ReleaseChecks,
  {
    answer = () => ({ value: 'fine' }),
    pages = [['shipline-dev-parcels-api:7']],
    mode = 'all',
    remaining = () => 60_000,
    codeDeployFails = () => false,
  }: Setting = {},
) {
  const calls: Call[] = [];
  const told: unknown[] = [];
  const lambda = {
    send: async ({ input }: InvokeCommand, { abortSignal }: { abortSignal: AbortSignal }) => {
      const { custom } = JSON.parse(Buffer.from(input.ClientContext ?? '', 'base64').toString('utf8'));
      const call = {
        function: `${input.FunctionName}:${input.Qualifier}`,
        payload: JSON.parse(String(input.Payload)),
        correlationId: custom.correlationId,
      };
      calls.push(call);
      const ending = answer(call);
      if (ending instanceof Error) throw ending;
      if (ending === 'silence')
        return new Promise((_, reject) => {
          abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
        });
      if ('error' in ending) return { FunctionError: 'Unhandled', Payload: bytes(ending.error) };
      return { Payload: bytes(ending.value) };
    },
  };
  const codeDeploy = {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      const { name } = command.constructor;
      if (codeDeployFails(name)) throw new Error(`${name} failed`);
      return answers[name]?.(command.input);
    },
  };
  const answers: Record<string, (input: Record<string, unknown>) => unknown> = {
    ListDeploymentTargetsCommand: ({ nextToken = '0' }) => {
      const page = Number(nextToken);
      return {
        targetIds: pages[page],
        ...(page + 1 < pages.length && { nextToken: String(page + 1) }),
      };
    },
    BatchGetDeploymentTargetsCommand: ({ targetIds }) => ({
      deploymentTargets: (targetIds as string[]).map((id) => {
        const [functionName, targetVersion] = id.split(':');
        return { lambdaTarget: { lambdaFunctionInfo: { functionName, targetVersion, currentVersion: '1' } } };
      }),
    }),
    PutLifecycleEventHookExecutionStatusCommand: (input) => void told.push(input),
  };
  const logger = recordingLogger();
  const handler = releaseCheckEntry(
    checks,
    { ...settings, RELEASE_CHECKS: mode },
    { logger, lambda: lambda as never, codeDeploy: codeDeploy as never },
  );
  const run = () => handler(event, lambdaContext({ getRemainingTimeInMillis: remaining }));
  const failures = () => logger.lines.filter(({ message }) => message === 'release check failed');
  return { calls, told, logger, run, failures };
}

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '');

export const saidStatus = (status: 'Succeeded' | 'Failed') => ({
  deploymentId: event.DeploymentId,
  lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
  status,
});
