import type { ServiceName } from '@shipline/infra';

export const drillNames = [
  'bad-release',
  'flaky-release',
  'slow-release',
  'wrong-answer',
  'crash-on-start',
  'bad-saga-task',
  'good-release',
  'control',
] as const;
export type DrillName = (typeof drillNames)[number];

/** A file of `faults/`: what is wrong with the release. `none` changes the bundle and nothing that it does. */
export type FaultName =
  | 'fails-every-request'
  | 'fails-three-in-ten'
  | 'answers-slowly'
  | 'breaks-the-contract'
  | 'crashes-on-start'
  | 'fails-after-its-work'
  | 'none';

/** What ought to become of the release. */
export type Ending =
  /** Customers meet it, an alarm rings, the old version serves everybody again. */
  | 'taken-back'
  /** Its release check fails it; no customer meets it. */
  | 'refused'
  /** It serves everybody. */
  | 'goes-live';

/** One function that a drill releases anew. */
export interface DrillTarget {
  readonly service: ServiceName;
  readonly functionName: string;
  readonly fault: FaultName;
}

/** A release of which it is known beforehand how it must end. */
export interface Drill {
  readonly name: DrillName;
  /** What is released, and what must come of it: one sentence. */
  readonly summary: string;
  readonly targets: readonly DrillTarget[];
  readonly ending: Ending;
  /** How those are harmed whom the new version answers. */
  readonly harm: 'fails' | 'waits' | 'misled';
  /** Periods within which the alarm that must ring has to be above its limit. */
  readonly breachingPeriods: number;
  /** Customers check out meanwhile, and some have begun before the release. */
  readonly orders: boolean;
  /** Minutes of the canary where it is not the environment's: few meet what only orders need. */
  readonly canaryMinutes?: 30;
  /** The release is not watched: what must be noticed is that nobody notices. */
  readonly withoutAlarms?: true;
}
