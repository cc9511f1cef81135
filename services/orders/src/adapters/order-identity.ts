import { createHash } from 'node:crypto';
import { OrderId } from '@shipline/contracts';
import { derivedId } from '@shipline/lambda-kit/ids';
import { annotateOrder } from '@shipline/lambda-kit/scope';
import type { OrderIdentity } from '../ports/checkout.js';

/** Naming the order also annotates it: the trace and the log lines of a request that fails half-way have its id. */
export const orderIdentity: OrderIdentity = {
  orderId(customerId, idempotencyKey) {
    const orderId = OrderId.parse(derivedId('ord', customerId, idempotencyKey));
    annotateOrder(orderId);
    return orderId;
  },
  bodyHash: (text) => createHash('sha256').update(text).digest('hex'),
};
