import type { Environment } from '@shipline/infra';
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
