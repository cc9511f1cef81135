import { environment, placeholderInputs } from '@shipline/infra';
import { describe, expect, it } from 'vitest';
import { budgets } from '../../src/delivery/budgets.js';
import { type LoadMeasurement, loadFindings, percentile99 } from '../../src/load/verdict.js';

const budget = budgets.staging.load.aws;
const calm: LoadMeasurement = {
  reads: 3_000,
  readP99Ms: 300,
  orders: 120,
  checkoutP99Ms: 4_000,
  errors: 0,
  contradictions: [],
};

/** What is not as it has to be. */
const over = (more: Partial<LoadMeasurement>) =>
  loadFindings({ ...calm, ...more }, budget)
    .filter(({ holds }) => !holds)
    .map(({ claim, found }) => `${claim}: ${found}`);

describe('a load', () => {
  it('is within its budget', () => {
    expect(over({})).toEqual([]);
  });

  it.each<[string, Partial<LoadMeasurement>, string]>([
    ['slow pages', { readP99Ms: 1_001 }, 'p99 of a page ≤ 1000 ms: 1001 ms'],
    ['slow checkouts', { checkoutP99Ms: 15_001 }, 'p99 of a checkout ≤ 15000 ms: 15001 ms'],
    ['checkouts that never end', { checkoutP99Ms: undefined }, 'p99 of a checkout ≤ 15000 ms: not measured'],
    ['errors', { errors: 4 }, 'share of errors ≤ 0.10 %: 0.13 % (4)'],
    [
      'money that went astray',
      { contradictions: ['ord_1 is confirmed, and it was paid 2 times'] },
      'order, stock, ledger and gateway agree: ord_1 is confirmed, and it was paid 2 times',
    ],
    ['nobody who ordered', { orders: 0 }, 'people came: 3000 read, 0 ordered'],
  ])('is over its budget with %s', (_, more, sentence) => {
    expect(over(more)).toEqual([sentence]);
  });

  it('forgives one error in a thousand', () => {
    expect(over({ errors: 3 })).toEqual([]);
  });
});

it('takes the value that 99 of 100 stay below', () => {
  const values = Array.from({ length: 200 }, (_, index) => 200 - index);

  expect(percentile99(values)).toBe(198);
  expect(percentile99([])).toBeUndefined();
});

it('asks no more of an environment than its throttling admits', () => {
  for (const name of ['dev', 'staging'] as const) {
    const { throttling } = environment(name, placeholderInputs);
    for (const { readsPerSecond, ordersPerSecond } of Object.values(budgets[name].load)) {
      expect(readsPerSecond).toBeLessThanOrEqual(throttling.read.rate / 2);
      expect(ordersPerSecond).toBeLessThanOrEqual(throttling.order.rate / 2);
    }
  }
});
