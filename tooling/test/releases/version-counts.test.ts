import { expect, it } from 'vitest';
import { countsFrom } from '../../src/releases/version-counts.js';

it('counts what either version did over all periods', () => {
  const results = [
    { Id: 'oldRequests', Values: [40, 2] },
    { Id: 'newRequests', Values: [5] },
    { Id: 'newErrors', Values: [1, 1] },
  ];

  expect(countsFrom(results)).toEqual({
    old: { requests: 42, errors: 0 },
    new: { requests: 5, errors: 2 },
  });
});
