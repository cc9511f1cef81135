import { RefundId } from '@shipline/contracts';
import { derivedId } from '@shipline/lambda-kit/ids';
import type { RefundIdOf } from '../ports/refund-ids.js';

export const derivedRefundId: RefundIdOf = (orderId, requestId) =>
  RefundId.parse(derivedId('ref', orderId, requestId));
