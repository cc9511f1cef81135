import { OrderId } from '@shipline/contracts';
import { ulidSource } from '../ids.js';
import type { InvocationContext } from '../invocation.js';
import { type Caller, callVersion } from './call-version.js';
import { CheckFailed, type ReleaseCheck, type ReleaseChecks } from './check.js';
import type { DeployedFunction } from './deployment.js';
import { type Phase, runCheck } from './run-check.js';
import type { ReleaseCheckSettings } from './settings.js';

export interface CheckedService {
  readonly checks: ReleaseChecks;
  readonly settings: ReleaseCheckSettings;
  readonly client: Caller['client'];
}

/** Milliseconds; longer than a task may run (20 s), so that its own time-out is what the log line tells. */
const LONGEST_CALL = 25_000;
/** What calls leave of the invocation's time: a check's run for its clean-up, and both for telling CodeDeploy. */
const KEPT_BACK: Record<Phase, number> = { run: 20_000, 'clean-up': 10_000 };

const orderIds = ulidSource();

/**
 * Runs the checks of each function on its new version. A check that fails has one log line; one that changes something
 * has another before it begins, with the order that would have to be given back if the hook died in the middle.
 * @returns the failed ones
 */
export async function checkTargets(
  service: CheckedService,
  targets: readonly DeployedFunction[],
  { correlationId, lambda, logger }: InvocationContext,
): Promise<string[]> {
  let phase: Phase = 'run';
  const patience = () => Math.min(LONGEST_CALL, lambda.getRemainingTimeInMillis() - KEPT_BACK[phase]);
  const caller: Caller = { client: service.client, correlationId, patience };
  const failed: string[] = [];
  for (const { functionName, targetVersion } of targets) {
    for (const check of checksOf(service, functionName)) {
      const trial = {
        target: callVersion(caller, functionName, targetVersion),
        live: (name: string) => callVersion(caller, prefixOf(service) + name, 'live'),
        correlationId,
        orderId: OrderId.parse(orderIds('ord')),
      };
      const about = {
        function: functionName,
        version: targetVersion,
        check: check.name,
        order_id: trial.orderId,
      };
      if (check.writes) logger.info('release check writes', about);
      const [failure, ...more] = await runCheck(check, trial, (entered) => {
        phase = entered;
      });
      if (!failure) continue;
      failed.push(check.name);
      const { expected, actual } = failure;
      const cleanUp = more.map(({ message }) => message).join('; ');
      logger.error('release check failed', { ...about, expected, actual, ...(cleanUp && { cleanUp }) });
    }
  }
  return failed;
}

const prefixOf = ({ settings: { SHIPLINE_ENVIRONMENT, POWERTOOLS_SERVICE_NAME } }: CheckedService): string =>
  `shipline-${SHIPLINE_ENVIRONMENT}-${POWERTOOLS_SERVICE_NAME}-`;

/** Nothing reaches customers untested: where there is no check, that is what fails. */
const untested: ReleaseCheck = {
  name: 'has a check',
  run: async () => {
    throw new CheckFailed('a check of this function that may run here', 'none');
  },
};

function checksOf(service: CheckedService, functionName: string): readonly ReleaseCheck[] {
  const prefix = prefixOf(service);
  const name = functionName.startsWith(prefix) ? functionName.slice(prefix.length) : functionName;
  const may = (check: ReleaseCheck) => service.settings.RELEASE_CHECKS === 'all' || !check.writes;
  const checks = Object.hasOwn(service.checks, name) ? (service.checks[name]?.filter(may) ?? []) : [];
  return checks.length > 0 ? checks : [untested];
}
