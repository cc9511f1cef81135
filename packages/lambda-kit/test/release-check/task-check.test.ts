import { CommitStockOutput } from '@shipline/contracts';
import { expect, it } from 'vitest';
import { refusesInput, taskCheck, taskFails } from '../../src/release-checks.js';
import { saidStatus, setup } from './setup.js';

const gone = taskCheck('knows no unknown order', ({ orderId, correlationId }) => ({
  input: { orderId, correlationId },
  output: CommitStockOutput,
  expected: { gone: { state: 'absent' } },
}));

it('passes the output that is expected of its own order', async () => {
  const { calls, told, run } = setup(
    { api: [gone] },
    { answer: () => ({ value: { gone: { state: 'absent' } } }) },
  );

  await run();

  expect(calls[0]?.payload).toEqual({
    orderId: expect.stringMatching(/^ord_/),
    correlationId: 'synthetic-d-ABC123',
  });
  expect(told).toEqual([saidStatus('Succeeded')]);
});

it.each([
  ['another outcome', { gone: { state: 'expired' } }, 'expired'],
  ['a value of another type', { gone: { state: 7 } }, 'not valid'],
  ['a missing field', { gone: {} }, 'not valid'],
  ['a field that nobody meant to show', { gone: { state: 'absent', pk: 'RES#' } }, 'gone.pk'],
  ['nothing', undefined, ''],
])('fails %s', async (_, value, actual) => {
  const { told, run, failures } = setup({ api: [gone] }, { answer: () => ({ value }) });

  await run();

  expect(told).toEqual([saidStatus('Failed')]);
  expect(failures()).toMatchObject([{ actual: expect.stringContaining(actual) }]);
});

const failing = (errorType: string) => ({ error: { errorType, errorMessage: 'because' } });

it.each([
  ['refuses what is malformed', refusesInput(), failing('InvalidInput'), 'Succeeded'],
  ['fails as it should', taskFails('x', { error: 'Missing', input: {} }), failing('Missing'), 'Succeeded'],
  ['fails in another way', refusesInput(), failing('ConfigError'), 'Failed'],
  ['takes what is malformed', refusesInput(), { value: {} }, 'Failed'],
] as const)('a version that %s: %s', async (_, check, ending, status) => {
  const { told, run } = setup({ api: [check] }, { answer: () => ending });

  await run();

  expect(told).toEqual([saidStatus(status)]);
});
