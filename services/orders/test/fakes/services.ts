import type {
  CheckoutInput,
  OrderId,
  OrderLine,
  PaymentLookUp,
  QuoteReply,
  ReserveReply,
  ReserveRequest,
} from '@shipline/contracts';
import { reservationIdOf } from '@shipline/contracts';
import type { Checkouts, Payments, Quotes, Reservations } from '../../src/ports/checkout.js';
import { later, usd } from '../builders.js';

/** Catalog: what it does not know is not sold. Prices are in cents. */
export class FakeCatalog implements Quotes {
  readonly prices = new Map<string, number>([['MUG-CANARY', 1400]]);

  async quote(lines: readonly OrderLine[]): Promise<QuoteReply> {
    const unknownSkus = lines.map(({ sku }) => sku).filter((sku) => !this.prices.has(sku));
    if (unknownSkus.length > 0) return { unknownSkus };
    const priced = lines.map(({ sku, quantity }) => {
      const price = this.prices.get(sku) ?? 0;
      return {
        sku,
        name: `Product ${sku}`,
        quantity,
        unitPrice: usd(price),
        lineTotal: usd(price * quantity),
      };
    });
    const total = priced.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0);
    return { quote: { lines: priced, total: usd(total) } };
  }
}

/** Inventory: holds whatever is asked for, unless it is told what to answer. */
export class FakeInventory implements Reservations {
  readonly held = new Map<OrderId, ReserveRequest>();
  answer: ReserveReply | undefined;
  beforeAnswer: (() => Promise<void>) | undefined;

  async reserve(request: ReserveRequest): Promise<ReserveReply> {
    await this.beforeAnswer?.();
    if (this.answer) return this.answer;
    const first = this.held.get(request.orderId) ?? request;
    this.held.set(request.orderId, first);
    const { lines, total, orderId } = first;
    const expiresAt = later(15).toISOString();
    return { reserved: { reservationId: reservationIdOf(orderId), expiresAt, lines, total } };
  }
}

/** Step Functions: remembers what was started. */
export class FakeCheckouts implements Checkouts {
  readonly started = new Map<string, CheckoutInput>();
  readonly ended = new Set<string>();
  /** The next start is lost on its way. */
  down = false;

  async start(name: string, input: CheckoutInput): Promise<void> {
    if (this.down) throw new Error('no answer');
    if (!this.started.has(name)) this.started.set(name, input);
  }

  async stateOf(name: string): Promise<'absent' | 'running' | 'ended'> {
    if (!this.started.has(name)) return 'absent';
    return this.ended.has(name) ? 'ended' : 'running';
  }
}

/** Payments: knows nothing of an order, unless it is told. */
export class FakePayments implements Payments {
  readonly known = new Map<OrderId, PaymentLookUp>();

  async lookUp(orderId: OrderId): Promise<PaymentLookUp> {
    return this.known.get(orderId) ?? { state: 'none' };
  }
}
