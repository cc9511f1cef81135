import { brokenOff, type RunRecord } from '@shipline/tooling/delivery/run-record';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/delivery/stage.js';
import { GateShut } from '../../src/gates/gate.js';
import type { GateName } from '../../src/gates/gate-names.js';
import { Journey, type Vehicle } from '../../src/laptop/journey.js';
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
    {
      name: 'dev',
      reference: 'beta',
      environment: 'dev',
      budgetMinutes: 30,
      jobs: [
        { name: 'deploy', role: 'deploy', gates: ['plan', 'deploy'] },
        { name: 'test', role: 'test', gates: ['smoke-tests'] },
      ],
      approval: { hours: 1 },
    },
    {
      name: 'prod',
      reference: 'prod',
      environment: 'prod',
      budgetMinutes: 60,
      jobs: [{ name: 'deploy', role: 'deploy', gates: ['deploy'] }],
    },
  ],
};

interface Told {
  readonly refuses?: boolean;
  /** Ctrl-C comes while this gate runs. */
  readonly interruptedAt?: GateName | 'approval';
}

function setup(
  shut: { stage: string; gate: GateName; error?: Error } | undefined,
  { refuses = false, interruptedAt }: Told = {},
) {
  const seen: string[] = [];
  const remembered: RunRecord[] = [];
  const stop = new AbortController();
  const vehicle: Vehicle = {
    now: () => new Date('2026-11-25T08:00:00Z'),
    release: () => 'r1',
    remember: (record) => remembered.push(structuredClone(record)),
    stopped: stop.signal,
    async passGate({ name }, gate) {
      seen.push(`${name} ${gate}`);
      if (gate === interruptedAt) stop.abort();
      if (shut && shut.stage === name && shut.gate === gate) throw shut.error ?? new GateShut('It is bad.');
    },
    async askForApproval({ name }) {
      seen.push(`${name} approval`);
      if (interruptedAt === 'approval') stop.abort();
      if (refuses) throw new GateShut('It was not approved.');
    },
    async takeBack({ name }) {
      seen.push(`${name} taken back`);
      return 'r0 is back';
    },
  };
  const commit = { id: 'a'.repeat(40), committedAt: '2026-11-25T07:00:00Z' };
  const journey = new Journey(road, commit, vehicle);
  const travel = async () => {
    try {
      const listeners = process.listenerCount('SIGINT');
      const view = roadView(journey, { silent: true });
      // The view must not end the process before what was deployed has gone back.
      expect(process.listenerCount('SIGINT')).toBe(listeners);
      await view.run();
      return journey.arrived();
    } catch (error) {
      return journey.end(error);
    }
  };
  return { seen, travel, remembered };
}

describe('a journey along the road', () => {
  it('passes every gate in its order, asks where the road says so, and arrives', async () => {
    const { seen, travel } = setup(undefined);

    const record = await travel();

    expect(seen).toEqual([
      ...['build code-quality', 'build types'],
      ...['dev plan', 'dev deploy', 'dev smoke-tests', 'dev approval'],
      'prod deploy',
    ]);
    expect(record).toMatchObject({
      verdict: { kind: 'released' },
      passed: ['build', 'dev', 'prod'],
      release: 'r1',
    });
  });

  it('ends at the first gate that stays shut, and deploys nothing when the build is bad', async () => {
    const { seen, travel } = setup({ stage: 'build', gate: 'code-quality' });

    const record = await travel();

    expect(seen).toEqual(['build code-quality']);
    expect(record.verdict).toEqual({ kind: 'stopped', stage: 'build', why: 'It is bad.' });
  });

  it('takes back what it has deployed in the stage where it is stopped', async () => {
    const { seen, travel } = setup({ stage: 'dev', gate: 'smoke-tests' });

    const record = await travel();

    expect(seen.at(-1)).toBe('dev taken back');
    expect(record.passed).toEqual(['build']);
    expect(record.verdict).toMatchObject({ stage: 'dev', takenBack: 'r0 is back' });
  });

  it('takes nothing back where it has deployed nothing', async () => {
    const { seen, travel } = setup({ stage: 'dev', gate: 'plan' });

    await travel();

    expect(seen).not.toContain('dev taken back');
  });

  it('goes no further than a person lets it', async () => {
    const { seen, travel } = setup(undefined, { refuses: true });

    const record = await travel();

    expect(seen).not.toContain('prod deploy');
    expect(record.verdict).toMatchObject({ kind: 'stopped', why: 'It was not approved.' });
  });

  it('tells a fault of the pipeline from a verdict', async () => {
    const { travel } = setup({ stage: 'build', gate: 'types', error: new Error('disk full') });

    expect((await travel()).verdict).toMatchObject({ why: expect.stringContaining('disk full') });
  });
});

describe('a journey that Ctrl-C interrupts', () => {
  const interrupted = { kind: 'stopped', why: 'It was interrupted.' };

  it('takes back what it has deployed, whatever the gate says that was ended', async () => {
    const shut = { stage: 'dev', gate: 'smoke-tests' } as const;
    const { seen, travel } = setup(shut, { interruptedAt: 'smoke-tests' });

    const record = await travel();

    expect(seen.at(-1)).toBe('dev taken back');
    expect(record.verdict).toEqual({ ...interrupted, stage: 'dev', takenBack: 'r0 is back' });
  });

  it('begins no other gate, and takes nothing back where nothing was deployed', async () => {
    const { seen, travel } = setup(undefined, { interruptedAt: 'plan' });

    const record = await travel();

    expect(seen.at(-1)).toBe('dev plan');
    expect(record.verdict).toEqual({ ...interrupted, stage: 'dev' });
  });

  it('takes an answer that was broken off for no other', async () => {
    const { seen, travel } = setup(undefined, { refuses: true, interruptedAt: 'approval' });

    const record = await travel();

    expect(seen.at(-1)).toBe('dev taken back');
    expect(record.verdict).toMatchObject(interrupted);
  });
});

describe('what is remembered of a journey that was killed', () => {
  it('is how far it had come, with the gate that ran as its last one', async () => {
    const { travel, remembered } = setup(undefined);
    await travel();
    const killed = remembered.find(({ verdict }) => verdict.kind === 'running' && verdict.gate === 'deploy');

    expect(killed).toMatchObject({ passed: ['build'], verdict: { pid: process.pid, stage: 'dev' } });
    expect(killed && brokenOff(killed)).toMatchObject({
      verdict: {
        kind: 'stopped',
        stage: 'dev',
        why: `Process ${process.pid} was killed while the gate \`deploy\` ran.`,
      },
      gates: [
        { gate: 'code-quality', opened: true },
        { gate: 'types', opened: true },
        { gate: 'plan', opened: true },
        { stage: 'dev', job: 'deploy', gate: 'deploy', opened: false },
      ],
    });
  });

  it('is left as it is where the journey has ended', async () => {
    expect(brokenOff(await setup(undefined).travel())).toBeUndefined();
  });
});
