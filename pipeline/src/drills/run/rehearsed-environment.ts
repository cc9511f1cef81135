import type { Environment, Shift } from '@shipline/infra';
import type { Drill } from '../drill.js';

/**
 * How a drill releases: as its environment does. One that moves everybody at once (dev) has no canary whose alarms
 * could be tried: there the drill releases with a canary, and the way back takes that away again.
 */
export function released({ canaryMinutes }: Drill, environment: Environment): Environment {
  const { release } = environment;
  if (release.shift.kind !== 'all-at-once' && canaryMinutes === undefined) return environment;
  return { ...environment, release: { ...release, shift: { kind: 'canary', minutes: canaryMinutes ?? 5 } } };
}

/** Steps of a shift: https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
const STEP = 0.1;

/**
 * The share of traffic that a new version gets, on average, until its alarm has had its periods: a linear shift goes on
 * meanwhile.
 */
export function meanWeight({ breachingPeriods }: Pick<Drill, 'breachingPeriods'>, shift: Shift): number {
  if (shift.kind === 'all-at-once') return 1;
  if (shift.kind === 'canary') return STEP;
  const minutes = Array.from({ length: breachingPeriods + 1 }, (_, minute) => minute);
  const weights = minutes.map((minute) => STEP * (1 + Math.floor(minute / shift.everyMinutes)));
  return weights.reduce((sum, weight) => sum + weight, 0) / minutes.length;
}
