import { silentProgress } from '@shipline/tooling/progress';
import { expect, it } from 'vitest';
import { contracts, wayOn } from '../../src/gates/contracts.js';
import { folderOf } from '../release/builders.js';

it.each([true, false])('asks every release, whether it comes back (%s) or is new', async (goesBack) => {
  const run = contracts.run({
    environment: 'dev',
    // Nothing is in it: whoever asks what it publishes finds that out.
    releaseFolder: folderOf({}),
    reports: folderOf({}),
    goesBack,
    progress: silentProgress,
  });

  await expect(run).rejects.toThrow(/The release has no .*openapi\.json/);
});

it('names the way to remove something', () => {
  expect(wayOn(['GET /api/cart is gone'], 1)).toMatch(
    /GET \/api\/cart is gone\. .*mark deprecated .*release that, and remove it with a later release/,
  );
});
