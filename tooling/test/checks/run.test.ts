import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Check, Tally } from '../../src/checks/check.js';
import { type RunOptions, runChecks } from '../../src/checks/run.js';
import { recordedProgress } from '../recorded-progress.js';

afterEach(() => vi.unstubAllEnvs());

/** A run that remembers in which order its parts happened. */
function setup(options: Partial<RunOptions> = {}) {
  // The run sets it for the programs that it starts; unstubbing takes that back.
  vi.stubEnv('SHIPLINE_ASSEMBLIES', undefined);
  const events: string[] = [];
  const shown: string[] = [];
  const { progress, steps, notes } = recordedProgress();
  const startCloud = async () => {
    events.push('start cloud');
    return {
      env: { SHIPLINE_OUTPUTS: '{}' },
      stop: async () => void events.push('stop cloud'),
    };
  };
  const check = (name: string, outcome: Tally | Error, more: Partial<Check> = {}): Check => ({
    name,
    title: `The ${name}`,
    run: async ({ env }) => {
      events.push(env['SHIPLINE_OUTPUTS'] === undefined ? name : `${name} on the cloud`);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    ...more,
  });
  const run = (...checks: Check[]) =>
    runChecks(checks, { all: false, progress, show: (line) => shown.push(line), startCloud, ...options });
  return { events, shown, steps, notes, check, run };
}

const green: Tally = { passed: 2, failed: 0 };
const needsCloud = { needsCloud: true } as const;

describe('a run of checks', () => {
  it('adds up what they tried, and tells each one’s share', async () => {
    const { check, run, steps, notes } = setup();

    expect(await run(check('lint', green), check('types', { passed: 3, failed: 1 }))).toEqual({
      passed: 5,
      failed: 1,
    });
    expect(steps).toEqual(['The lint', 'The types']);
    expect(notes).toEqual(['2 passed, 0 failed', '3 passed, 1 failed']);
  });

  it('goes on after a check that breaks, which counts as one failure and shows why', async () => {
    const { check, run, events, shown } = setup();

    const tally = await run(check('lint', new Error('no such file')), check('types', green));

    expect(tally).toEqual({ passed: 2, failed: 1 });
    expect(events).toEqual(['lint', 'types']);
    expect(shown.join()).toContain('no such file');
  });

  it('begins at once what runs beside the others, and tells of it when its turn comes', async () => {
    const { check, run, events, shown, steps, notes } = setup();
    const probes: Check = {
      ...check('probes', green, { beside: true }),
      async run({ show }) {
        events.push('probes');
        show('a probe is red');
        return { passed: 1, failed: 1 };
      },
    };
    const lint = {
      ...check('lint', green),
      async run() {
        events.push(`lint, shown: ${shown.length}`);
        return green;
      },
    };

    const tally = await run(lint, check('unit', green), probes, check('smoke', green, needsCloud));

    expect(tally).toEqual({ passed: 7, failed: 1 });
    expect(events).toEqual([
      'probes',
      'lint, shown: 0',
      'unit',
      'start cloud',
      'smoke on the cloud',
      'stop cloud',
    ]);
    expect(shown).toEqual(['a probe is red']);
    expect(steps).toEqual(['The lint', 'The unit', 'The probes, begun with the first check', 'The smoke']);
    expect(notes[2]).toBe('1 passed, 1 failed');
  });

  it('counts what breaks beside the others as one failure, when its turn comes', async () => {
    const { check, run, shown } = setup();

    const tally = await run(
      check('lint', green),
      check('probes', new Error('no Python'), { beside: true }),
      check('types', green),
    );

    expect(tally).toEqual({ passed: 4, failed: 1 });
    expect(shown.join()).toContain('no Python');
  });

  it('starts no cloud for checks that need none', async () => {
    const { check, run, events } = setup();

    await run(check('lint', green));

    expect(events).toEqual(['lint']);
  });

  it('runs what needs the deployed shop last, on one cloud that it stops', async () => {
    const { check, run, events } = setup();

    const tally = await run(
      check('smoke', green, needsCloud),
      check('lint', green),
      check('journeys', green, needsCloud),
    );

    expect(tally).toEqual({ passed: 6, failed: 0 });
    expect(events).toEqual([
      'lint',
      'start cloud',
      'smoke on the cloud',
      'journeys on the cloud',
      'stop cloud',
    ]);
  });

  it('stops the cloud after a check that breaks', async () => {
    const { check, run, events } = setup();

    await run(check('smoke', new Error('timed out'), needsCloud), check('journeys', green, needsCloud));

    expect(events.slice(-2)).toEqual(['journeys on the cloud', 'stop cloud']);
  });

  it('counts every check as failed that a cloud which did not start has kept from running', async () => {
    const { check, run, shown } = setup({ startCloud: () => Promise.reject(new Error('port in use')) });

    const tally = await run(
      check('lint', green),
      check('smoke', green, needsCloud),
      check('journeys', green, needsCloud),
    );

    expect(tally).toEqual({ passed: 2, failed: 2 });
    expect(shown.join()).toContain('port in use');
  });

  it('leaves no listener for Ctrl-C behind', async () => {
    const { check, run } = setup();
    const before = process.listenerCount('SIGINT');

    await run(check('smoke', green, needsCloud));

    expect(process.listenerCount('SIGINT')).toBe(before);
  });

  it('keeps its templates apart from those of a `pnpm dev` beside it', async () => {
    const { check, run } = setup();

    await run(check('lint', green));

    expect(process.env['SHIPLINE_ASSEMBLIES']).toMatch(/test-assemblies$/);
  });
});
