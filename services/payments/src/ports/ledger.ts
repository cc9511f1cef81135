import type { OrderId } from '@shipline/contracts';
import type { Fact } from '../domain/fact.js';

/** The facts about an order's money: written once each, never changed, never deleted. */
export interface Ledger {
  /** All facts in the order of their sequence. Strongly consistent. */
  read(orderId: OrderId): Promise<readonly Fact[]>;
  /** Puts the fact if its sequence is free: that is the only lock there is. */
  append(orderId: OrderId, fact: Fact): Promise<'appended' | 'taken'>;
}
