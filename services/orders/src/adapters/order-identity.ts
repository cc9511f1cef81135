import { createHash } from 'node:crypto';
import { OrderId } from '@shipline/contracts';
import { derivedId } from '@shipline/lambda-kit/ids';
import type { OrderIdentity } from '../ports/checkout.js';

export const orderIdentity: OrderIdentity = {
  orderId: (customerId, idempotencyKey) => OrderId.parse(derivedId('ord', customerId, idempotencyKey)),
  bodyHash: (text) => createHash('sha256').update(text).digest('hex'),
};
