import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { clientDefaults } from './client-defaults.js';
import { syntheticId } from './correlation-id.js';
import { type EntryOptions, type InvocationContext, invocations, type Summary } from './invocation.js';
import type { ReleaseChecks } from './release-check/check.js';
import { type CheckedService, checkTargets } from './release-check/check-targets.js';
import { type CodeDeploy, HookEvent, targetsOf, tell } from './release-check/deployment.js';
import type { ReleaseCheckSettings } from './release-check/settings.js';
import { traceable } from './traceable.js';

export type HookHandler = (event: unknown, context: Context) => Promise<void>;

export interface ReleaseCheckOptions extends EntryOptions {
  readonly lambda?: Pick<LambdaClient, 'send'>;
  readonly codeDeploy?: CodeDeploy;
}

/** A check's call ends by its own time-out, before the client would repeat it. */
const lambdaClient = () => new LambdaClient(clientDefaults({ requestTimeout: 30_000 }));

/**
 * The hook that CodeDeploy calls before it shifts traffic (BeforeAllowTraffic). It invokes exactly the version
 * that is to be released with the checks of its function, and says Succeeded or Failed. A function without checks
 * fails. Each check that fails has one log line: what was expected, and what came.
 *
 * @throws (when called) whatever is not a check's failure, after CodeDeploy was told that the hook failed
 * @example export const handler = releaseCheckEntry(catalogReleaseChecks({ sku: settings.CHECK_SKU }), settings);
 */
export function releaseCheckEntry(
  checks: ReleaseChecks,
  settings: ReleaseCheckSettings,
  options: ReleaseCheckOptions = {},
): HookHandler {
  const { lambda: client = traceable(lambdaClient()) } = options;
  const { codeDeploy = traceable(new CodeDeployClient(clientDefaults())) } = options;
  const invoke = invocations(options);
  return async (received, lambda) => {
    const event = z.parse(HookEvent, received);
    const correlationId = syntheticId(event.DeploymentId);
    return invoke({ kind: 'release-check', correlationId, lambda }, async (context, summary) => {
      const passed = await checked({ checks, settings, client }, codeDeploy, event, context, summary).catch(
        (error: unknown) => tellAndRethrow(codeDeploy, event, error),
      );
      await tell(codeDeploy, event, passed ? 'Succeeded' : 'Failed');
    });
  };
}

async function checked(
  service: CheckedService,
  codeDeploy: CodeDeploy,
  { DeploymentId }: HookEvent,
  context: InvocationContext,
  summary: Summary,
): Promise<boolean> {
  summary['deployment'] = DeploymentId;
  const targets = await targetsOf(codeDeploy, DeploymentId);
  summary['functions'] = targets
    .map(({ functionName, targetVersion }) => `${functionName}:${targetVersion}`)
    .join(', ');
  const failed = await checkTargets(service, targets, context);
  summary['failed'] = failed.length;
  return failed.length === 0;
}

async function tellAndRethrow(codeDeploy: CodeDeploy, event: HookEvent, error: unknown): Promise<never> {
  try {
    await tell(codeDeploy, event, 'Failed');
  } catch (silence) {
    throw new AggregateError([error, silence], 'The hook failed, and CodeDeploy could not be told');
  }
  throw error;
}
