import {
  AuthoriseOutput,
  CaptureOutput,
  type Money,
  type OrderId,
  PaymentLookUp,
  paymentIdOf,
  receiveWebhook,
  SHOP_CURRENCY,
  type TaskInput,
  VoidPaymentOutput,
} from '@shipline/contracts';
import { orderCancelling } from '@shipline/contracts/events';
import {
  apiCheck,
  askTask,
  type CallVersion,
  type ReleaseChecks,
  refusesInput,
  SYNTHETIC_CUSTOMER,
  type Trial,
  taskCheck,
} from '@shipline/lambda-kit/release-checks';
import * as z from 'zod/mini';

const total: Money = { amount: 100, currency: SHOP_CURRENCY };

/**
 * What a new version of a function must do before customers meet it. What writes pays with the gateway's test card
 * for an order that nobody placed, and takes it back: it is void, or refunded where it was captured.
 */
export const paymentsReleaseChecks: ReleaseChecks = {
  api: [
    apiCheck('believes nothing that the gateway has not signed', receiveWebhook, {
      body: { id: 'evt_synthetic', type: 'payment_intent.succeeded' },
      problem: 'INVALID_SIGNATURE',
    }),
  ],
  authorise: [
    refusesInput(),
    { name: 'authorises a payment', writes: true, run: (trial) => authorise(trial, trial.target) },
  ],
  capture: [
    taskCheck('captures nothing that was not authorised', (trial) => ({
      input: taskOf(trial),
      output: CaptureOutput,
      expected: { notCapturable: { reason: 'payment_not_capturable' } },
    })),
    refusesInput(),
    {
      name: 'captures what is authorised',
      writes: true,
      run: async (trial) => {
        await authorise(trial);
        const expected = { captured: { amount: total } };
        await askTask(
          trial,
          { input: taskOf(trial), output: CaptureOutput, expected },
          patiently(trial.target),
        );
      },
    },
  ],
  'void-payment': [
    // For an unknown order it would write a tombstone.
    refusesInput(),
    {
      name: 'voids what is authorised',
      writes: true,
      run: async (trial) => {
        await authorise(trial);
        await voidPayment(trial, trial.target, { voided: { reason: 'checkout_failed' } });
      },
    },
  ],
  'look-up': [
    taskCheck('knows nothing of an unknown order', (trial) => ({
      input: taskOf(trial),
      output: PaymentLookUp,
      expected: { state: 'none' },
    })),
    refusesInput(),
    {
      name: 'knows what is authorised',
      writes: true,
      run: async (trial) => {
        await authorise(trial);
        const expected = { state: 'authorised' };
        await askTask(trial, { input: taskOf(trial), output: PaymentLookUp, expected });
      },
    },
  ],
};

const taskOf = ({ orderId, correlationId }: Trial): TaskInput => ({ orderId, correlationId });

const ATTEMPTS = 3;

/** As the state machine does: an unknown outcome at the gateway says nothing against the version. */
const patiently =
  (version: CallVersion): CallVersion =>
  async (payload) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await version(payload);
      const unknown = 'error' in answer && answer.error.type === 'PaymentUnknown';
      if (!unknown || attempt === ATTEMPTS) return answer;
    }
  };

/** Blocks the total on the test card for the trial's order, and has it given free. */
async function authorise(trial: Trial, version: CallVersion = trial.live('authorise')): Promise<void> {
  trial.afterwards(() => giveBack(trial));
  const input = { ...taskOf(trial), total, paymentMethodId: 'pm_card_visa' };
  const expected = { authorised: { paymentId: paymentIdOf(trial.orderId) } };
  await askTask(trial, { input, output: AuthoriseOutput, expected }, patiently(version));
}

const voidPayment = (trial: Trial, version: CallVersion, expected?: unknown): Promise<VoidPaymentOutput> =>
  askTask(
    trial,
    { input: { ...taskOf(trial), reason: 'checkout_failed' }, output: VoidPaymentOutput, expected },
    patiently(version),
  );

/** What was captured can only be refunded, as for an order that its customer cancelled. */
async function giveBack(trial: Trial): Promise<void> {
  const outcome = await voidPayment(trial, trial.live('void-payment'));
  if (!('alreadyCaptured' in outcome)) return;
  const input = deliveryOf(trial.orderId, trial.correlationId);
  const refund = { input, output: BatchDone };
  // The first one asks for the refund; told again, payments does not wait for the event that has it paid.
  await askTask(trial, refund, trial.live('on-order-cancelling'));
  await askTask(trial, refund, trial.live('on-order-cancelling'));
  const done = { input: taskOf(trial), output: PaymentLookUp, expected: { state: 'refunded' } };
  await askTask(trial, done, trial.live('look-up'));
}

/** A consumer's answer when no message failed. */
const BatchDone = z.object({ batchItemFailures: z.array(z.unknown()).check(z.maxLength(0)) });

/** The event of an order that is being cancelled, as the consumer's queue delivers it. */
function deliveryOf(orderId: OrderId, correlationId: string) {
  const envelope = {
    specversion: '1.0',
    id: `release-check#${orderId}`,
    source: orderCancelling.source,
    type: orderCancelling.type,
    subject: orderId,
    time: new Date().toISOString(),
    correlationid: correlationId,
    data: { orderId, customerId: SYNTHETIC_CUSTOMER, total },
  };
  const body = JSON.stringify({ 'detail-type': orderCancelling.type, detail: envelope });
  return { Records: [{ messageId: orderId, body, eventSource: 'aws:sqs' }] };
}
