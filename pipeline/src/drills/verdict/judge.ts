import type { Drill } from '../drill.js';
import type { Observation } from '../observation.js';
import type { Finding } from './finding.js';
import { orderFindings } from './judge-orders.js';
import { releaseFindings } from './judge-release.js';
import { type Numbers, numbersOf } from './numbers.js';
import { percent, seconds } from './words.js';

export interface Judgement {
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly numbers: Numbers;
}

/** Decides whether a release went as its drill says. What the tools said of themselves does not count. */
export function judge(drill: Drill, observation: Observation): Judgement {
  const numbers = numbersOf(drill, observation);
  const findings = [
    lookedAt(numbers),
    ...observation.releases.flatMap((release) => releaseFindings(drill.ending, release)),
    ...(drill.ending === 'taken-back' ? exposure(drill, numbers) : [unharmed(numbers)]),
    nothingElseFailed(numbers),
    ...(observation.orders ? orderFindings(observation.orders) : []),
  ];
  return { passed: findings.every(({ holds }) => holds), findings, numbers };
}

/** A drill that nobody saw has shown nothing. */
const lookedAt = ({ byOld }: Numbers): Finding => ({
  claim: 'people looked at the shop',
  found: `the old version answered ${byOld} requests`,
  holds: byOld > 0,
});

function exposure({ harm }: Drill, numbers: Numbers): Finding[] {
  const { firstHarm, exposed, allowedExposure, harmedShare, allowedShare, inWindow } = numbers;
  return [
    {
      claim: 'the new version harmed somebody: there was something to notice',
      found: `${numbers.harmed} requests`,
      holds: firstHarm !== undefined,
    },
    {
      claim: `no answer of the new version later than ${seconds(allowedExposure)} after the first harm`,
      found: exposed === undefined ? 'there was none' : `the last after ${seconds(exposed)}`,
      holds: exposed !== undefined && exposed <= allowedExposure,
    },
    {
      claim: `at most ${percent(allowedShare)} of the requests of that time are harmed`,
      found: `${percent(harmedShare)} of ${inWindow}`,
      holds: harmedShare <= allowedShare,
    },
    ...(harm === 'waits' ? [slowerByFar(numbers)] : []),
  ];
}

/** Otherwise the drill would have tried something else than it says. */
const slowerByFar = ({ p99Old, p99New }: Numbers): Finding => ({
  claim: "the new version's slowest per cent waits at least five times as long",
  found: p99Old && p99New ? `${(p99New / p99Old).toFixed(1)} times` : 'not measured',
  holds: p99Old !== undefined && p99New !== undefined && p99New >= 5 * p99Old,
});

const unharmed = ({ harmed }: Numbers): Finding => ({
  claim: 'nobody who looks at the shop is harmed',
  found: `${harmed} requests`,
  holds: harmed === 0,
});

const nothingElseFailed = ({ failedOtherwise }: Numbers): Finding => ({
  claim: 'no request fails for another reason',
  found: `${failedOtherwise} requests`,
  holds: failedOtherwise === 0,
});
