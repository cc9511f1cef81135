import { AuthoriseInput } from '@shipline/contracts';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stripeClient } from '../../src/adapters/stripe-clients.js';
import { StripeGateway } from '../../src/adapters/stripe-gateway.js';
import { order, paymentId, setup } from '../builders.js';
import { startStubGateway, stripeError, stripeIntent } from './stub-gateway.js';

let stub: Awaited<ReturnType<typeof startStubGateway>>;
beforeEach(async () => {
  stub = await startStubGateway();
});
afterEach(() => stub.close());

/** Waits for ever unless the time that is left is less. */
const PATIENCE_MS = 3_600_000;
const created = { status: 200, body: stripeIntent({ status: 'requires_confirmation' }) };
const authorised = { status: 200, body: stripeIntent() };
const declined = stripeError(402, { type: 'card_error', code: 'card_declined' });

/** The task authorise on the stub; `remaining`: what Lambda says before each call to the gateway, in milliseconds. */
function authoriseTask() {
  const client = stripeClient('sk_test_1', stub.url, PATIENCE_MS);
  const gateway = new StripeGateway({ current: async () => client, renewed: async () => undefined });
  const { authorise, kinds } = setup(({ ledger }) => ({ ledger, gateway }));
  const handler = taskEntry(AuthoriseInput, authorise, { logger: recordingLogger() });
  const run = (...remaining: number[]) =>
    handler(order, lambdaContext({ getRemainingTimeInMillis: () => remaining.shift() ?? 0 }));
  return { run, kinds };
}

const unknown = { name: 'PaymentUnknown' };
const plenty = 20_000;
/** 0.5 s for the end of the task, 3 s for the ledger, and 2 s or just less for the call. */
const justEnough = 5_500;
const tooLate = 5_499;

describe('A call to the gateway', () => {
  it('is not made where its answer would come too late, and is an unknown outcome', async () => {
    const { run, kinds } = authoriseTask();
    stub.answer(created);

    await expect(run(plenty, tooLate)).rejects.toMatchObject(unknown);

    expect(stub.requests.map(({ path }) => path)).toEqual(['/v1/payment_intents']);
    expect(await kinds()).toEqual(['opened', 'unknown']);
  });

  it('takes no longer than the ledger can wait', async () => {
    const { run, kinds } = authoriseTask();
    stub.answer(created, 'hang');

    await expect(run(plenty, justEnough)).rejects.toMatchObject(unknown);

    expect(stub.requests).toHaveLength(2);
    expect(await kinds()).toEqual(['opened', 'unknown']);
  });

  it('is the third of a task no more than the second', async () => {
    const { run, kinds } = authoriseTask();
    stub.answer(created, declined);

    await expect(run(plenty, plenty, tooLate)).rejects.toMatchObject(unknown);

    expect(stub.requests).toHaveLength(2);
    expect(await kinds()).toEqual(['opened', 'unknown']);
  });

  it('is made up for by the next attempt, which looks first', async () => {
    const { run, kinds } = authoriseTask();
    stub.answer(created);
    await expect(run(plenty, tooLate)).rejects.toMatchObject(unknown);
    stub.answer(created, authorised);

    expect(await run(plenty, plenty)).toEqual({ authorised: { paymentId } });

    expect(stub.requests.map(({ method, path }) => `${method} ${path}`).slice(1)).toEqual([
      'GET /v1/payment_intents/pi_1',
      'POST /v1/payment_intents/pi_1/confirm',
    ]);
    expect(await kinds()).toEqual(['opened', 'unknown', 'authorised']);
  });
});
