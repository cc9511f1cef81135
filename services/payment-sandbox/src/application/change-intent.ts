import { type IntentUpdate, updateIntent } from '../domain/create-intent.js';
import { missing } from '../domain/gateway-error.js';
import { cancelIntent, captureIntent, confirmIntent, type Step } from '../domain/intent-transitions.js';
import type { CancellationReason, PaymentIntent } from '../domain/payment-intent.js';
import type { Write } from '../ports/gateway-store.js';
import { type Decide, subjectOf } from './decision.js';
import { type Making, resolveMethod } from './payment-methods.js';

/** @throws {GatewayError} for an id that does not exist. */
export async function existingIntent({ store }: Pick<Making, 'store'>, id: string): Promise<PaymentIntent> {
  const intent = await store.findIntent(id);
  if (!intent) throw missing('payment_intent', id, 'intent');
  return intent;
}

/** One step of an intent, which must still be as it was read when the step is written. */
async function decision(
  making: Making,
  id: string,
  take: (intent: PaymentIntent) => Promise<Step & { readonly alsoWrites?: readonly Write[] }>,
): ReturnType<Decide<PaymentIntent>> {
  const before = await existingIntent(making, id);
  const { intent, happened, refusal, alsoWrites = [] } = await take(before);
  return {
    result: intent,
    refusal,
    writes: [{ kind: 'intent', value: intent, expects: before.version }, ...alsoWrites],
    happened,
    subject: { ...subjectOf(before), method: intent.method ?? subjectOf(before).method },
  };
}

export interface UpdateIntentInput extends Omit<IntentUpdate, 'method'> {
  readonly paymentMethod?: string | undefined;
}

export const makeUpdateIntent =
  (making: Making) =>
  (id: string, { paymentMethod, ...update }: UpdateIntentInput): Decide<PaymentIntent> =>
  () =>
    decision(making, id, async (intent) => {
      const { method, writes } = await resolveMethod(making, paymentMethod);
      return { intent: updateIntent(intent, { ...update, method }), happened: [], alsoWrites: writes };
    });

export interface ConfirmIntentInput {
  readonly paymentMethod?: string | undefined;
  readonly errorOnRequiresAction?: boolean | undefined;
}

export const makeConfirmIntent =
  (making: Making) =>
  (id: string, { paymentMethod, errorOnRequiresAction }: ConfirmIntentInput): Decide<PaymentIntent> =>
  () =>
    decision(making, id, async (intent) => {
      const { method, writes } = await resolveMethod(making, paymentMethod);
      const chargeId = making.ids('ch');
      const now = making.clock();
      return {
        ...confirmIntent(intent, { chargeId, now, method, errorOnRequiresAction }),
        alsoWrites: writes,
      };
    });

export const makeCaptureIntent =
  (making: Making) =>
  (id: string, amountToCapture?: number): Decide<PaymentIntent> =>
  () =>
    decision(making, id, async (intent) => captureIntent(intent, amountToCapture));

export const makeCancelIntent =
  (making: Making) =>
  (id: string, reason?: CancellationReason): Decide<PaymentIntent> =>
  () =>
    decision(making, id, async (intent) => cancelIntent(intent, making.clock(), reason));
