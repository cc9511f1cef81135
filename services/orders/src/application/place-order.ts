import type {
  Money,
  OrderId,
  PlaceOrder as OrderRequest,
  PricedLine,
  ReserveReply,
} from '@shipline/contracts';
import { type Order, place } from '../domain/order.js';
import { OrderError, type OrderErrorCode } from '../domain/order-error.js';
import { canonicalJson, linesOf, normalise } from '../domain/order-request.js';
import type { OrderIdentity, Quotes, Reservations } from '../ports/checkout.js';
import type { Orders } from '../ports/orders.js';
import type { StartCheckout } from './start-checkout.js';

export interface PlaceOrderInput {
  readonly customerId: string;
  readonly idempotencyKey: string;
  readonly request: OrderRequest;
  readonly correlationId: string;
}
export type PlaceOrder = (input: PlaceOrderInput) => Promise<Order>;

export interface PlaceOrderDeps {
  readonly orders: Orders;
  readonly quotes: Quotes;
  readonly reservations: Reservations;
  readonly startCheckout: StartCheckout;
  readonly identity: OrderIdentity;
  readonly now: () => Date;
}

/** An order that is asked for: who it is for, and what the same request would mean again. */
interface Wanted {
  readonly id: OrderId;
  readonly bodyHash: string;
  /** One line per SKU. */
  readonly request: OrderRequest;
  /** As the caller sent it. */
  readonly sent: OrderRequest;
}

/**
 * Quotes, reserves, stores and starts, in this order; after a crash anywhere the same request goes on, unless
 * a price changed before the order was stored (README). The order is its own idempotency record: its id is derived
 * from the owner and the key.
 * @throws {OrderError}
 */
export const makePlaceOrder =
  (deps: PlaceOrderDeps): PlaceOrder =>
  async ({ customerId, idempotencyKey, request, correlationId }) => {
    const wanted = identify(deps.identity, customerId, idempotencyKey, request);
    const before = await repeated(deps, wanted);
    if (before) return before;

    const agreement = await agreeOnPrices(deps, wanted);
    if ('placed' in agreement) return agreement.placed;
    const { lines, total } = agreement.agreed;
    const { paymentMethodId, shippingAddress, cartVersion } = wanted.request;
    const order = place(
      {
        id: wanted.id,
        customerId,
        bodyHash: wanted.bodyHash,
        lines,
        total,
        paymentMethodId,
        shippingAddress,
        ...(cartVersion !== undefined && { cartVersion }),
        correlationId,
      },
      deps.now(),
    );
    if ((await deps.orders.add(order)) === 'exists') return sameOrder(await repeated(deps, wanted), order);
    await deps.startCheckout(order);
    return order;
  };

function identify(identity: OrderIdentity, customerId: string, key: string, sent: OrderRequest): Wanted {
  const request = normalise(sent);
  const bodyHash = identity.bodyHash(canonicalJson(request));
  return { id: identity.orderId(customerId, key), bodyHash, request, sent };
}

/** The order that the same request placed before; a crash may have kept its checkout from starting. */
async function repeated({ orders, startCheckout }: PlaceOrderDeps, { id, bodyHash }: Wanted) {
  const order = await orders.findById(id);
  if (!order) return undefined;
  if (order.bodyHash !== bodyHash) throw new OrderError('IDEMPOTENCY_KEY_REUSED');
  if (order.status === 'placed' && order.attempt === 1) await startCheckout(order);
  return order;
}

/** The prices to place the order at, or the order that the same request placed meanwhile. */
type Agreement =
  | { readonly agreed: { readonly lines: readonly PricedLine[]; readonly total: Money } }
  | { readonly placed: Order };

/** The server's prices, compared with what the customer saw, and frozen by the reservation. */
async function agreeOnPrices(deps: PlaceOrderDeps, wanted: Wanted): Promise<Agreement> {
  const { quotes, reservations } = deps;
  const { id: orderId, bodyHash, request } = wanted;
  const quoted = await quotes.quote(request.lines);
  if ('unknownSkus' in quoted)
    throw new OrderError('UNKNOWN_SKU', { errors: linesOf(wanted.sent, quoted.unknownSkus, 'is not sold') });
  const { lines, total } = quoted.quote;
  const { amount, currency } = request.expectedTotal;
  if (total.amount !== amount || total.currency !== currency) throw new OrderError('PRICE_CHANGED');

  const reply = await reservations.reserve({ orderId, bodyHash, lines, total });
  if ('reserved' in reply) return { agreed: reply.reserved };
  if (reply.refused.code === 'RESERVATION_CLOSED') {
    // The same request, sent twice at once: the other one may have placed the order meanwhile.
    const placed = await repeated(deps, wanted);
    if (placed) return { placed };
  }
  throw refusalOf(reply, wanted);
}

const codeOf = {
  STOCK_BUSY: 'STOCK_BUSY',
  RESERVATION_CLOSED: 'RESERVATION_EXPIRED',
  BODY_MISMATCH: 'IDEMPOTENCY_KEY_REUSED',
} as const satisfies Record<string, OrderErrorCode>;

function refusalOf({ refused }: Extract<ReserveReply, { refused: unknown }>, { sent }: Wanted): OrderError {
  if (refused.code === 'SOLD_OUT')
    return new OrderError('SOLD_OUT', { errors: linesOf(sent, refused.skus ?? [], 'is sold out') });
  return new OrderError(codeOf[refused.code], refused.code === 'STOCK_BUSY' ? { retryAfterSeconds: 1 } : {});
}

function sameOrder(existing: Order | undefined, { id }: Order): Order {
  if (!existing) throw new Error(`order ${id} exists and cannot be found`);
  return existing;
}
