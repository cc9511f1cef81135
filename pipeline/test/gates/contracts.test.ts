import { silentProgress } from '@shipline/tooling/progress';
import { expect, it } from 'vitest';
import { contracts } from '../../src/gates/contracts.js';
import { folderOf } from '../release/builders.js';

/** A release in whose folder nothing is: whoever asks what it publishes finds that out. */
function setup(goesBack: boolean) {
  const notes: string[] = [];
  const progress = { ...silentProgress, note: (line: string) => void notes.push(line) };
  const run = contracts.run({
    environment: 'dev',
    releaseFolder: folderOf({}),
    reports: folderOf({}),
    goesBack,
    progress,
  });
  return { run, notes };
}

it('asks no release that comes back, and says why', async () => {
  const { run, notes } = setup(true);

  await expect(run).resolves.toBeUndefined();
  expect(notes.join()).toMatch(/^Not asked on the way back: /);
});

it('asks every release that is new', async () => {
  await expect(setup(false).run).rejects.toThrow(/The release has no .*openapi\.json/);
});
