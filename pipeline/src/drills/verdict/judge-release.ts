import type { Ending } from '../drill.js';
import type { FunctionRelease } from '../observation.js';
import type { Finding } from './finding.js';

interface Outcome {
  readonly status: string;
  readonly error?: string;
  readonly serves: 'oldVersion' | 'newVersion';
}

/** In CodeDeploy's words. */
const outcomes: Record<Ending, Outcome> = {
  'taken-back': { status: 'Stopped', error: 'ALARM_ACTIVE', serves: 'oldVersion' },
  refused: { status: 'Failed', error: 'HOOK_EXECUTION_FAILURE', serves: 'oldVersion' },
  'goes-live': { status: 'Succeeded', serves: 'newVersion' },
};

/** What must have become of the release of one function. */
export function releaseFindings(ending: Ending, release: FunctionRelease): Finding[] {
  const { status, error, serves } = outcomes[ending];
  const deployment = release.deployments.find(({ isRollback }) => !isRollback);
  const deployed: Finding = {
    claim: `the deployment of ${release.function} ends as ${words(status, error)}`,
    found: deployment ? words(deployment.status, deployment.error) : 'there was none',
    holds: deployment?.status === status && deployment.error === error,
  };
  return [deployed, serving(release, release[serves])];
}

function serving(release: FunctionRelease, wanted: string | undefined): Finding {
  const last = release.aliasStates.at(-1);
  const shared = Object.keys(last?.weights ?? {}).length > 0;
  return {
    claim: `at the end version ${wanted ?? '(none)'} of ${release.function} serves everybody`,
    found: shared ? 'two versions share' : `version ${last?.version ?? '(none)'} does`,
    holds: wanted !== undefined && !shared && last?.version === wanted,
  };
}

const words = (...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(', ');
