import type { Money, OrderId } from '@shipline/contracts';

/** What people have to be told of: at least once. */
export interface Reports {
  mismatch(about: { orderId: OrderId; intentId: string; expected: Money; found: Money }): void;
}
