import { executionName, type Order } from '../domain/order.js';
import type { Checkouts } from '../ports/checkout.js';

export type StartCheckout = (order: Order) => Promise<void>;

/** Starts the order's current execution. The same order always gives the same name and input. */
export const makeStartCheckout =
  ({ checkouts }: { checkouts: Checkouts }): StartCheckout =>
  (order) => {
    const { id: orderId, customerId, total, paymentMethodId, correlationId } = order;
    return checkouts.start(executionName(order), {
      orderId,
      customerId,
      total,
      paymentMethodId,
      correlationId,
    });
  };
