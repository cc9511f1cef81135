import { stripVTControlCharacters } from 'node:util';
import { afterEach, expect, it, vi } from 'vitest';
import type { Delivery } from '../../src/delivery/stage.js';
import { Journey } from '../../src/laptop/journey.js';
import { roadView } from '../../src/laptop/view.js';

const road: Delivery = {
  source: { branch: 'main', ignores: [] },
  stages: [
    {
      name: 'build',
      reference: 'build',
      budgetMinutes: 10,
      jobs: [{ name: 'check', role: 'build', gates: ['code-quality', 'types'] }],
    },
  ],
};

const { isTTY } = process.stdout;
afterEach(() => {
  process.stdout.isTTY = isTTY;
});

it('shows on a terminal each gate with the time that it took', async () => {
  process.stdout.isTTY = true;
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const journey = new Journey(
    road,
    { id: 'c0ffee', committedAt: '2026-11-25T07:00:00Z' },
    {
      now: () => new Date(),
      release: () => undefined,
      remember: () => {},
      stopped: new AbortController().signal,
      passGate: async (_stage, _gate, say) => say('a line of the gate'),
      askForApproval: async () => {},
      takeBack: async () => '',
    },
  );

  await roadView(journey).run();

  const shown = stripVTControlCharacters(write.mock.calls.map(([text]) => String(text)).join(''));
  expect(shown).toContain('build  (at most 10 min)');
  expect(shown).toMatch(/✔ Lint, format and layer rules \[0 s\]/);
  expect(shown).toMatch(/✔ Type check \[0 s\]/);
  expect(shown).toContain('0.0 of 10 min');
});
