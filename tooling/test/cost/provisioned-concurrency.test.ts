import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { coldShare, saving, savingsTable, standingCost } from '../../src/cost/provisioned-concurrency.js';
import { pageDays, warmInProd } from '../../src/cost/warm-functions.js';
import { root } from '../../src/paths.js';

const page = readFileSync(join(root, 'docs/cold-starts.md'), 'utf8');

it('costs what AWS’s example arithmetic gives: GB x seconds x price', () => {
  // 2 environments of half a GB for 30 days: 2,592,000 GB-seconds.
  expect(standingCost([{ memoryMb: 512, count: 2 }])).toBeCloseTo(8.64, 2);
});

it('finds nearly every order cold in a quiet shop and nearly none in a busy one', () => {
  expect(coldShare(10)).toBeCloseTo(Math.exp(-6000 / 86_400), 10);
  expect(coldShare(10_000)).toBeLessThan(1e-20);
});

it('spreads the standing cost over the waits that it saves', () => {
  const functions = [{ memoryMb: 512, count: 2 }];
  const { saved, perSaved, perOrder } = saving(functions, 100);
  expect(saved * perSaved).toBeCloseTo(standingCost(functions), 6);
  expect(perOrder * 3_000).toBeCloseTo(standingCost(functions), 6);
});

it('is what the page says of prod', () => {
  expect(page).toContain(`**${standingCost(warmInProd()).toFixed(2)} $ a month**`);
  expect(page).toContain(savingsTable(warmInProd(), pageDays).join('\n'));
});
