import { describe, expect, it } from 'vitest';
import { scanFrom } from '../../src/security/scan.js';

const clean = {
  operations: { tested: 16, total: 16, selected: 16 },
  test_cases: { generated: 653 },
  failures: [],
  errors: [],
};

describe('a report of Schemathesis', () => {
  it('without failures has no holes', () => {
    expect(scanFrom(clean)).toEqual({ operations: 16, requests: 653, holes: [] });
  });

  it('names each kind of hole with where it is', () => {
    const failures = [{ title: 'Server error', operations: ['GET /api/orders', 'POST /api/orders'] }];

    expect(scanFrom({ ...clean, failures }).holes).toEqual([
      'Server error: GET /api/orders, POST /api/orders',
    ]);
  });

  it.each([
    [
      'an operation was left out',
      { operations: { tested: 15, total: 16 } },
      '1 of 16 operations were not tested',
    ],
    ['it broke', { errors: [{ title: 'Runtime Error' }] }, 'Not tested: Runtime Error'],
  ])('is not clean when %s', (_, more, sentence) => {
    expect(scanFrom({ ...clean, ...more }).holes).toEqual([sentence]);
  });
});
