import { createIntent, type NewIntent } from '../domain/create-intent.js';
import { ofIntent } from '../domain/gateway-event.js';
import { confirmIntent } from '../domain/intent-transitions.js';
import type { PaymentIntent } from '../domain/payment-intent.js';
import { type Decide, subjectOf } from './decision.js';
import { type Making, resolveMethod } from './payment-methods.js';

export interface CreateIntentInput extends Omit<NewIntent, 'method'> {
  readonly paymentMethod?: string | undefined;
  readonly confirm?: boolean | undefined;
  readonly errorOnRequiresAction?: boolean | undefined;
}

export const makeCreateIntent =
  (making: Making) =>
  ({ paymentMethod, confirm, errorOnRequiresAction, ...input }: CreateIntentInput): Decide<PaymentIntent> =>
  async () => {
    const { clock, ids } = making;
    const now = clock();
    const { method, writes } = await resolveMethod(making, paymentMethod);
    const id = ids('pi');
    const created = createIntent({ ...input, method }, { id, clientSecret: ids(`${id}_secret`), now });
    const step = confirm
      ? confirmIntent(created, { chargeId: ids('ch'), now, errorOnRequiresAction })
      : { intent: created, happened: [] };
    return {
      result: step.intent,
      refusal: 'refusal' in step ? step.refusal : undefined,
      writes: [...writes, { kind: 'intent', value: step.intent, expects: 0 }],
      happened: [ofIntent('payment_intent.created', created), ...step.happened],
      subject: { ...subjectOf(created), id: undefined },
    };
  };
