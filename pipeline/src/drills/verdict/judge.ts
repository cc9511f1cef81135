import type { Drill, Ending } from '../drill.js';
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
    ...releaseFindings(drill.ending, observation.releases),
    ...exposure[drill.ending](drill, numbers),
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

const exposure: Record<Ending, (drill: Drill, numbers: Numbers) => Finding[]> = {
  'taken-back': ({ harm, orders }, numbers) => [
    somebodyMetIt(numbers),
    endsInTime(numbers),
    ...(orders ? [unharmed(numbers)] : [fewAreHarmed(numbers)]),
    ...(harm === 'waits' ? [slowerByFar(numbers)] : []),
  ],
  refused: (_, numbers) => [unharmed(numbers)],
  'goes-live': (_, numbers) => [unharmed(numbers)],
};

const somebodyMetIt = ({ firstHarm, harmed, faults }: Numbers): Finding => ({
  claim: 'the new version did harm: there was something to notice',
  found: `${harmed} requests, ${faults} faults`,
  holds: firstHarm !== undefined,
});

const endsInTime = ({ allowedExposure, exposed }: Numbers): Finding => ({
  claim: `nothing of the new version later than ${seconds(allowedExposure)} after its first harm`,
  found: exposed === undefined ? 'there was none' : `the last after ${seconds(exposed)}`,
  holds: exposed !== undefined && exposed <= allowedExposure,
});

const fewAreHarmed = ({ allowedShare, harmedShare, inWindow }: Numbers): Finding => ({
  claim: `at most ${percent(allowedShare)} of the requests of that time are harmed`,
  found: `${percent(harmedShare)} of ${inWindow}`,
  holds: harmedShare <= allowedShare,
});

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
