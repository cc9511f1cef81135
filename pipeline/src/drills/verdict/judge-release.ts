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

/** What must have become of the functions that were released. */
export function releaseFindings(ending: Ending, releases: readonly FunctionRelease[]): Finding[] {
  const { status, error, serves } = outcomes[ending];
  const isSo = (release: FunctionRelease) =>
    deploymentOf(release)?.status === status && deploymentOf(release)?.error === error;
  const deployed: Finding = {
    claim: `${releases.map(({ function: name }) => name).join(' and ')} end as ${words(status, error)}`,
    found: releases.map(ended).join('; '),
    // One alarm is enough for CloudFormation to take back all of a stack.
    holds: ending === 'taken-back' ? releases.some(isSo) : releases.length > 0 && releases.every(isSo),
  };
  return [deployed, ...releases.map((release) => serving(release, release[serves]))];
}

const deploymentOf = ({ deployments }: FunctionRelease) => deployments.find(({ isRollback }) => !isRollback);

function ended(release: FunctionRelease): string {
  const deployment = deploymentOf(release);
  return deployment ? words(deployment.status, deployment.error) : 'there was none';
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
