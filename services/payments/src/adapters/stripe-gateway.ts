import type { Money, RefundId } from '@shipline/contracts';
import type Stripe from 'stripe';
import * as z from 'zod/mini';
import type { Gateway, GatewayRefund, Intent, NewIntent, NewRefund } from '../ports/gateway.js';
import type { StripeClients } from './stripe-clients.js';
import {
  reasonOf,
  StripeAuthenticationError,
  StripeCardError,
  StripeInvalidRequestError,
  translated,
  unreadable,
} from './stripe-errors.js';
import { intentOf, RefundPage, refundOf, StripeIntent, StripeRefund } from './stripe-replies.js';

/** Stripe's PaymentIntents and Refunds by its own SDK; outside prod, the payment sandbox answers. */
export class StripeGateway implements Gateway {
  constructor(private readonly clients: StripeClients) {}

  async createIntent(intent: NewIntent, key: string) {
    try {
      return await this.#intent((stripe) =>
        stripe.paymentIntents.create(createParams(intent), { idempotencyKey: key }),
      );
    } catch (error) {
      if (error instanceof StripeCardError) return { refused: reasonOf(error) };
      // The token is the browser's: one that does not exist, or belongs to somebody else.
      if (error instanceof StripeInvalidRequestError && error.param === 'payment_method')
        return { refused: 'payment_failed' as const };
      throw error;
    }
  }

  async confirmIntent(id: string, key: string): Promise<Intent> {
    try {
      return await this.#intent((stripe) =>
        stripe.paymentIntents.confirm(id, { error_on_requires_action: true }, { idempotencyKey: key }),
      );
    } catch (error) {
      const declined = error instanceof StripeCardError;
      if (!declined && !isRefused(error)) throw error;
      const intent = await this.#known(id);
      // Refused without having become anything else: this payment method will never do.
      const reason = declined ? reasonOf(error) : ('payment_failed' as const);
      return intent.status === 'unconfirmed' ? { ...intent, status: 'declined', reason } : intent;
    }
  }

  captureIntent(id: string, { amount }: Money): Promise<Intent> {
    return this.#unlessForbidden(id, (stripe) =>
      stripe.paymentIntents.capture(id, { amount_to_capture: amount }),
    );
  }

  cancelIntent(id: string): Promise<Intent> {
    return this.#unlessForbidden(id, (stripe) => stripe.paymentIntents.cancel(id));
  }

  retrieveIntent(id: string): Promise<Intent | undefined> {
    return unlessMissing(this.#intent((stripe) => stripe.paymentIntents.retrieve(id)));
  }

  async createRefund({ intentId, orderId, refundId, amount }: NewRefund, key: string) {
    const params = {
      payment_intent: intentId,
      amount: amount.amount,
      metadata: { orderId, refundId },
    };
    try {
      return await this.#refund((stripe) => stripe.refunds.create(params, { idempotencyKey: key }));
    } catch (error) {
      if (isRefused(error)) return 'refused';
      throw error;
    }
  }

  retrieveRefund(id: string): Promise<GatewayRefund | undefined> {
    return unlessMissing(this.#refund((stripe) => stripe.refunds.retrieve(id)));
  }

  async findRefund(intentId: string, refundId: RefundId): Promise<GatewayRefund | undefined> {
    let after: { starting_after?: string } = {};
    for (;;) {
      const params = { payment_intent: intentId, limit: 100, ...after };
      const page = parsed(RefundPage, await this.#call((stripe) => stripe.refunds.list(params)));
      const found = page.data.map(refundOf).find((refund) => refund.refundId === refundId);
      const last = page.data.at(-1);
      if (found || !page.has_more || !last) return found;
      after = { starting_after: last.id };
    }
  }

  async #unlessForbidden(id: string, run: (stripe: Stripe) => Promise<unknown>): Promise<Intent> {
    try {
      return await this.#intent(run);
    } catch (error) {
      // The issuer may refuse as late as this (a 402): the intent says what it has become.
      if (!isRefused(error) && !(error instanceof StripeCardError)) throw error;
      return this.#known(id);
    }
  }

  #known(id: string): Promise<Intent> {
    return this.#intent((stripe) => stripe.paymentIntents.retrieve(id));
  }

  async #intent(run: (stripe: Stripe) => Promise<unknown>): Promise<Intent> {
    return intentOf(parsed(StripeIntent, await this.#call(run)));
  }

  async #refund(run: (stripe: Stripe) => Promise<unknown>): Promise<GatewayRefund> {
    return refundOf(parsed(StripeRefund, await this.#call(run)));
  }

  /** A rejected key did nothing at the gateway: it may have been rotated just now. */
  async #call<T>(run: (stripe: Stripe) => Promise<T>): Promise<T> {
    try {
      return await run(await this.clients.current());
    } catch (error) {
      const renewed = error instanceof StripeAuthenticationError && (await this.clients.renewed());
      if (!renewed) throw translated(error);
      return run(renewed).catch((again: unknown) => {
        throw translated(again);
      });
    }
  }
}

const createParams = ({ orderId, paymentId, amount, paymentMethodId }: NewIntent) => ({
  amount: amount.amount,
  currency: amount.currency.toLowerCase(),
  payment_method: paymentMethodId,
  allowed_payment_method_types: ['card'],
  capture_method: 'manual' as const,
  metadata: { orderId, paymentId },
});

function parsed<S extends z.ZodMiniType>(schema: S, reply: unknown): z.output<S> {
  const result = z.safeParse(schema, reply);
  if (!result.success) throw unreadable(reply, result.error);
  return result.data;
}

/** The gateway understood and will not: not so a reused idempotency key, which is an error of ours. */
const isRefused = (error: unknown): error is InstanceType<typeof StripeInvalidRequestError> =>
  error instanceof StripeInvalidRequestError && error.statusCode === 400;

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof StripeInvalidRequestError && error.statusCode === 404) return undefined;
    throw error;
  }
}
