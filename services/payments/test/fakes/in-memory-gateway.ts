import type { ClosingReason, Money, OrderId, RefundId } from '@shipline/contracts';
import {
  type Gateway,
  type GatewayRefund,
  GatewayUnknown,
  type Intent,
  type IntentStatus,
  type NewIntent,
  type NewRefund,
} from '../../src/ports/gateway.js';

export type GatewayOperation = 'create' | 'confirm' | 'capture' | 'cancel' | 'refund' | 'retrieve' | 'find';
/** `never` arrives, is done and the answer `lost`, is answered with a 500 that is kept: undone or done. */
export type Effect = 'never' | 'lost' | 'stored-500' | 'stored-500-done';

const declines: Readonly<Record<string, ClosingReason>> = {
  pm_card_visa_chargeDeclined: 'card_declined',
  pm_card_visa_chargeDeclinedInsufficientFunds: 'insufficient_funds',
  pm_card_chargeDeclinedExpiredCard: 'card_expired',
  pm_card_chargeDeclinedIncorrectCvc: 'incorrect_cvc',
  pm_card_authenticationRequired: 'authentication_required',
};

interface Held {
  readonly id: string;
  readonly orderId: OrderId;
  readonly paymentMethodId: string;
  status: IntentStatus;
  amount: Money;
  reason?: ClosingReason;
}

/** The card company in memory: idempotency keys that replay, and faults to order. */
export class InMemoryGateway implements Gateway {
  readonly intents = new Map<string, Held>();
  readonly refunds = new Map<string, GatewayRefund & { intentId: string }>();
  readonly #replies = new Map<string, () => unknown>();
  readonly #faults: { operation: GatewayOperation; effect: Effect }[] = [];
  /** Every call that arrived, with its key. */
  readonly calls: string[] = [];
  refundStatus: GatewayRefund['status'] = 'refunded';
  /** Keys of creates are forgotten at once: every create makes an intent of its own. */
  forgetsCreates = false;

  /** The next call of this operation goes wrong. */
  fail(operation: GatewayOperation, effect: Effect): void {
    this.#faults.push({ operation, effect });
  }

  async createIntent({ orderId, amount, paymentMethodId }: NewIntent, key: string) {
    return this.#serve('create', key, () => {
      if (!paymentMethodId.startsWith('pm_card_')) return { refused: 'payment_failed' as const };
      if (paymentMethodId === 'pm_card_declinedAtCreate') return { refused: 'insufficient_funds' as const };
      const id = `pi_${this.intents.size + 1}`;
      this.intents.set(id, { id, orderId, paymentMethodId, amount, status: 'unconfirmed' });
      return this.#view(id);
    });
  }

  async confirmIntent(id: string, key: string): Promise<Intent> {
    return this.#serve('confirm', key, () => {
      const intent = this.#held(id);
      const reason = declines[intent.paymentMethodId];
      if (intent.status === 'unconfirmed')
        Object.assign(intent, reason ? { status: 'declined', reason } : { status: 'authorised' });
      return this.#view(id);
    });
  }

  async captureIntent(id: string, amount: Money): Promise<Intent> {
    return this.#serve('capture', undefined, () => {
      const intent = this.#held(id);
      if (intent.status === 'authorised') Object.assign(intent, { status: 'captured', amount });
      return this.#view(id);
    });
  }

  async cancelIntent(id: string): Promise<Intent> {
    return this.#serve('cancel', undefined, () => {
      const intent = this.#held(id);
      if (intent.status !== 'captured') intent.status = 'cancelled';
      return this.#view(id);
    });
  }

  async retrieveIntent(id: string): Promise<Intent | undefined> {
    return this.#serve('retrieve', undefined, () => (this.intents.has(id) ? this.#view(id) : undefined));
  }

  async createRefund({ intentId, orderId, refundId, amount }: NewRefund, key: string) {
    return this.#serve('refund', key, () => {
      const intent = this.#held(intentId);
      const refunded = [...this.refunds.values()]
        .filter((refund) => refund.intentId === intentId && refund.status !== 'failed')
        .reduce((sum, refund) => sum + refund.amount.amount, 0);
      if (intent.status !== 'captured' || refunded + amount.amount > intent.amount.amount)
        return 'refused' as const;
      const id = `re_${this.refunds.size + 1}`;
      const refund = { id, intentId, orderId, refundId, amount, status: this.refundStatus };
      this.refunds.set(id, refund);
      return refund;
    });
  }

  async retrieveRefund(id: string): Promise<GatewayRefund | undefined> {
    return this.#serve('retrieve', undefined, () => this.refunds.get(id));
  }

  async findRefund(intentId: string, refundId: RefundId): Promise<GatewayRefund | undefined> {
    return this.#serve('find', undefined, () =>
      [...this.refunds.values()].find(
        (refund) => refund.intentId === intentId && refund.refundId === refundId,
      ),
    );
  }

  #serve<T>(operation: GatewayOperation, key: string | undefined, run: () => T): T {
    this.calls.push(key ? `${operation} ${key}` : operation);
    const stored = key === undefined ? undefined : this.#replies.get(key);
    if (stored) return stored() as T;
    const fault = this.#faults.findIndex((candidate) => candidate.operation === operation);
    const effect = fault < 0 ? undefined : this.#faults.splice(fault, 1)[0]?.effect;
    if (effect === 'never') throw new GatewayUnknown(false);
    const isStored500 = effect === 'stored-500' || effect === 'stored-500-done';
    const reply = effect === 'stored-500' ? undefined : run();
    const answer = (): T => {
      if (isStored500) throw new GatewayUnknown(true);
      return reply as T;
    };
    if (key !== undefined && !(operation === 'create' && this.forgetsCreates)) this.#replies.set(key, answer);
    if (effect === 'lost') throw new GatewayUnknown(false);
    return answer();
  }

  #held(id: string): Held {
    const intent = this.intents.get(id);
    if (!intent) throw new Error(`no such intent: ${id}`);
    return intent;
  }

  #view(id: string): Intent {
    const { paymentMethodId: _, ...intent } = this.#held(id);
    return intent;
  }
}
