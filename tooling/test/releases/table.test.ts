import { describe, expect, it } from 'vitest';
import { ringing } from '../../src/releases/feed.js';
import { changes, duration, releaseTable } from '../../src/releases/table.js';
import { written } from '../../src/terminal.js';
import { release } from './builders.js';

describe('the table of releases', () => {
  it('has a row for each, in columns as wide as their widest cell', () => {
    const releases = [
      release({ dueAt: 200_000, ringing: ['errors'] }),
      release({ id: 'd-2', name: 'catalog-api', state: 'live', weight: 1, new: { requests: 4, errors: 0 } }),
    ];

    expect(releaseTable(releases, 0)).toEqual([
      'function     versions  state     weight  requests  errors  alarm   time left',
      'orders-api   7 -> 8    shifting  10 %    21        2       errors  3 min 20 s',
      'catalog-api  7 -> 8    live      100 %   4         0       ok',
    ]);
  });

  it('is nothing without releases', () => {
    expect(releaseTable([], 0)).toEqual([]);
  });

  it.each([
    [8.2, '9 s'],
    [-3, '0 s'],
    [600, '10 min 0 s'],
  ])('says of %d seconds %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('where nobody looks', () => {
  it('a line is written for each step of a release, and none while only its counts grow', () => {
    const lines: string[] = [];
    const { show } = written((line) => lines.push(line)).releases;

    show([release({ state: 'checking', weight: 0, new: { requests: 0, errors: 0 } })], 0);
    show([release()], 0);
    show([release({ new: { requests: 99, errors: 2 } })], 0);
    show([release({ ringing: ['errors'] })], 0);

    expect(lines).toEqual([
      '  orders-api 7 -> 8: checking (0 %), 0 requests, 0 errors',
      '  orders-api 7 -> 8: shifting (10 %), 21 requests, 2 errors',
      '  orders-api 7 -> 8: shifting (10 %), errors, 21 requests, 2 errors',
    ]);
  });

  it('two releases of one function are two', () => {
    expect(changes([release()], [release(), release({ id: 'd-2' })])).toHaveLength(1);
  });
});

it('only alarms of the new version of this function are its own', () => {
  const red = [
    'orders-api-new-version-errors-8',
    'orders-api-new-version-latency-8',
    'orders-api-new-version-errors-18',
    'orders-api-new-version-errors-7',
    'orders-api-faults',
    'catalog-api-new-version-errors-8',
  ];

  expect(ringing(release(), red)).toEqual(['errors', 'latency']);
});
