import { lambdaContext, recordingLogger } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { releaseCheckEntry } from '../../src/release-check-entry.js';
import { askTask, type ReleaseCheck, type ReleaseChecks, taskCheck } from '../../src/release-checks.js';
import { saidStatus, setup } from './setup.js';

const fine = taskCheck('says that it is fine', {
  input: { how: 'are you' },
  output: z.string(),
  expected: 'fine',
});
const checks: ReleaseChecks = { api: [fine], send: [fine] };

describe('the hook', () => {
  it('invokes exactly the version that is to be released, tagged, and says that it succeeded', async () => {
    const { calls, told, run, failures } = setup(checks);

    await run();

    expect(calls).toEqual([
      {
        function: 'shipline-dev-parcels-api:7',
        payload: { how: 'are you' },
        correlationId: 'synthetic-d-ABC123',
      },
    ]);
    expect(told).toEqual([saidStatus('Succeeded')]);
    expect(failures()).toEqual([]);
  });

  it('says that it failed, and in one line why', async () => {
    const { told, run, failures } = setup(checks, { answer: () => ({ value: 'broken' }) });

    await run();

    expect(told).toEqual([saidStatus('Failed')]);
    expect(failures()).toEqual([
      {
        level: 'error',
        message: 'release check failed',
        function: 'shipline-dev-parcels-api',
        version: '7',
        check: 'says that it is fine',
        order_id: expect.stringMatching(/^ord_/),
        expected: 'fine',
        actual: 'broken',
      },
    ]);
  });

  it('checks every function of the deployment, on every page', async () => {
    const pages = [['shipline-dev-parcels-api:7'], ['shipline-dev-parcels-send:3']];
    const { calls, told, run } = setup(checks, {
      pages,
      answer: ({ function: name }) => ({ value: name.includes('-send') ? 'broken' : 'fine' }),
    });

    await run();

    expect(calls.map(({ function: name }) => name)).toEqual(pages.flat());
    expect(told).toEqual([saidStatus('Failed')]);
  });

  it.each([
    ['a function that no check knows', 'shipline-dev-parcels-lost:1', checks],
    ['a function of another service', 'shipline-dev-letters-api:1', checks],
    ['a function with an empty list', 'shipline-dev-parcels-api:1', { api: [] }],
    ['a function named like what every object has', 'shipline-dev-parcels-constructor:1', checks],
  ])('fails %s', async (_, target, table) => {
    const { told, run, failures } = setup(table, { pages: [[target]] });

    await run();

    expect(told).toEqual([saidStatus('Failed')]);
    expect(failures()).toMatchObject([{ function: target.slice(0, -2), actual: 'none' }]);
  });

  it('cuts long values in its log', async () => {
    const { run, failures } = setup(checks, { answer: () => ({ value: 'x'.repeat(5_000) }) });

    await run();

    expect(String(failures()[0]?.['actual']).length).toBeLessThan(600);
  });

  it('leaves out what writes where only reading is allowed, and fails what has nothing else', async () => {
    const writes: ReleaseCheck = { ...fine, writes: true };
    const both = setup({ api: [fine, writes] }, { mode: 'read-only' });
    const none = setup({ api: [writes] }, { mode: 'read-only' });

    await both.run();
    await none.run();

    expect(both.calls).toHaveLength(1);
    expect(both.told).toEqual([saidStatus('Succeeded')]);
    expect(none.calls).toEqual([]);
    expect(none.told).toEqual([saidStatus('Failed')]);
  });
});

describe('a version that does not answer', () => {
  it.each([
    ['fails', { error: { errorType: 'ConfigError', errorMessage: 'TABLE_NAME is missing' } }, 'ConfigError'],
    ['dies', { error: { errorMessage: 'Runtime exited' } }, 'Runtime exited'],
    ['cannot be invoked', Object.assign(new Error('no such version'), { name: 'NotFound' }), 'NotFound'],
  ])('%s, and so does the hook', async (_, ending, actual) => {
    const { told, run, failures } = setup(checks, { answer: () => ending });

    await run();

    expect(told).toEqual([saidStatus('Failed')]);
    expect(failures()).toMatchObject([{ actual: expect.stringContaining(actual) }]);
  });

  it('is waited for only as long as the status can still be told', async () => {
    const { calls, told, run, failures } = setup(
      { api: [fine] },
      { answer: () => 'silence', remaining: () => 20_001 },
    );

    await run();

    expect(calls).toHaveLength(1);
    expect(failures()).toMatchObject([{ expected: expect.stringContaining('within 1 ms'), actual: 'none' }]);
    expect(told).toEqual([saidStatus('Failed')]);
  });

  it('is not asked at all when no time is left', async () => {
    const { calls, told, run } = setup({ api: [fine] }, { remaining: () => 20_000 });

    await run();

    expect(calls).toEqual([]);
    expect(told).toEqual([saidStatus('Failed')]);
  });
});

describe('a check that changes something', () => {
  const changing = (run: ReleaseCheck['run']): ReleaseChecks => ({
    api: [{ name: 'changes', writes: true, run }],
  });
  const undo = { input: 'undo', output: z.string() };

  it('is undone by what customers use, the last change first, also when it failed', async () => {
    const { calls, told, run, failures } = setup(
      changing(async (trial) => {
        trial.afterwards(() => askTask(trial, { ...undo, input: 'undo 1' }, trial.live('send')));
        trial.afterwards(() => askTask(trial, { ...undo, input: 'undo 2' }, trial.live('send')));
        await askTask(trial, { input: 'change', output: z.number() });
      }),
    );

    await run();

    expect(calls.map(({ function: name, payload }) => [name, payload])).toEqual([
      ['shipline-dev-parcels-api:7', 'change'],
      ['shipline-dev-parcels-send:live', 'undo 2'],
      ['shipline-dev-parcels-send:live', 'undo 1'],
    ]);
    expect(told).toEqual([saidStatus('Failed')]);
    expect(failures()).toHaveLength(1);
  });

  it('fails when it cannot be undone, in the same line', async () => {
    const table = changing(async (trial) => {
      trial.afterwards(() => askTask(trial, undo, trial.live('send')));
      await askTask(trial, { input: 'change', output: z.string(), expected: 'fine' });
    });
    const broken = { error: { errorType: 'Stuck', errorMessage: 'cannot' } };
    const onlyUndo = setup(table, {
      answer: ({ payload }) => (payload === 'undo' ? broken : { value: 'fine' }),
    });
    const both = setup(table, { answer: () => broken });

    await onlyUndo.run();
    await both.run();

    expect(onlyUndo.told).toEqual([saidStatus('Failed')]);
    expect(onlyUndo.failures()).toMatchObject([{ actual: expect.stringContaining('Stuck') }]);
    expect(both.failures()).toMatchObject([{ expected: 'fine', cleanUp: expect.stringContaining('Stuck') }]);
  });

  it('leaves time for being undone, whatever its run takes', async () => {
    let remaining = 20_001;
    const { calls, run } = setup(
      changing(async (trial) => {
        trial.afterwards(() => askTask(trial, undo));
        remaining = 15_000;
        await askTask(trial, { input: 'change', output: z.string() });
      }),
      { remaining: () => remaining },
    );

    await run();

    expect(calls.map(({ payload }) => payload)).toEqual(['undo']);
  });

  it('names its order before it begins, so that it can be given back when the hook dies', async () => {
    const table = changing(async ({ orderId }) => {
      expect(logger.lines).toContainEqual({
        level: 'info',
        message: 'release check writes',
        function: 'shipline-dev-parcels-api',
        version: '7',
        check: 'changes',
        order_id: orderId,
      });
    });
    const { logger, run, failures } = setup(table);

    await run();

    expect(failures()).toEqual([]);
  });

  it('gets an order of its own', async () => {
    const orders: string[] = [];
    const note: ReleaseCheck = { name: 'notes', run: async ({ orderId }) => void orders.push(orderId) };
    const { run } = setup({ api: [note, note] });

    await run();
    await run();

    expect(new Set(orders).size).toBe(4);
  });
});

describe('a hook that is itself at fault', () => {
  it.each([
    ['cannot ask what it is about', { codeDeployFails: (name: string) => name.startsWith('List') }],
    ['is about nothing', { pages: [[]] }],
    ['is about something else than functions', { pages: [['ecs-service']] }],
  ])('says that it failed before it throws, when it %s', async (_, setting) => {
    const { told, run } = setup(checks, setting);

    await expect(run()).rejects.toThrow();

    expect(told).toEqual([saidStatus('Failed')]);
  });

  it('throws what went wrong first as well, when CodeDeploy hears nothing', async () => {
    const { run } = setup(checks, { codeDeployFails: () => true });

    await expect(run()).rejects.toMatchObject({
      errors: [
        { message: 'ListDeploymentTargetsCommand failed' },
        { message: 'PutLifecycleEventHookExecutionStatusCommand failed' },
      ],
    });
  });

  it('refuses what is no event of a hook', async () => {
    const options = { logger: recordingLogger(), lambda: {} as never, codeDeploy: {} as never };
    const settings = {
      RELEASE_CHECKS: 'all',
      SHIPLINE_ENVIRONMENT: 'dev',
      POWERTOOLS_SERVICE_NAME: 'p',
    } as const;

    await expect(releaseCheckEntry(checks, settings, options)({}, lambdaContext())).rejects.toThrow();
  });
});
