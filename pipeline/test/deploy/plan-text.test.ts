import { expect, it } from 'vitest';
import { planText } from '../../src/deploy/plan-text.js';
import { plan } from './builders.js';

it('tells that a stack which is left alone follows the values of those which are not', () => {
  expect(planText(plan({ unchanged: ['edge', 'mail'] }))).toContain(
    'Left alone, but for what follows from values that the stacks above write anew: edge, mail.',
  );
});

it('tells of no such values where nothing changes', () => {
  const text = planText(plan({ stacks: [], unchanged: ['edge'] }));

  expect(text).toContain('Nothing changes.');
  expect(text).toContain('Left alone: edge.');
});
