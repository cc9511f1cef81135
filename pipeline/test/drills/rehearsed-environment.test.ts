import { expect, it } from 'vitest';
import { meanWeight } from '../../src/drills/run/rehearsed-environment.js';

it.each([
  ['a canary keeps its tenth', { kind: 'canary', minutes: 5 }, 0.1],
  ['everybody at once is everybody', { kind: 'all-at-once' }, 1],
  ['a linear shift goes on while the alarm rings', { kind: 'linear', everyMinutes: 1 }, 0.15],
  ['a slow one has not gone on yet', { kind: 'linear', everyMinutes: 10 }, 0.1],
] as const)('of a new version: %s', (_, shift, weight) => {
  expect(meanWeight({ breachingPeriods: 1 }, shift)).toBeCloseTo(weight);
});
