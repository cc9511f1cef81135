import type { OrderId } from '@shipline/contracts';
import type { Fact } from '../../src/domain/fact.js';
import type { Ledger } from '../../src/ports/ledger.js';

/** The table in memory. */
export class InMemoryLedger implements Ledger {
  readonly #facts = new Map<OrderId, Fact[]>();
  /** Runs before the next append: where another writer would come in. */
  beforeAppend: (() => Promise<unknown>) | undefined;
  /** The next append of this kind is done, and its writer is not told. */
  losesReplyOf: Fact['kind'] | undefined;

  async read(orderId: OrderId): Promise<readonly Fact[]> {
    return [...(this.#facts.get(orderId) ?? [])].sort((a, b) => a.sequence - b.sequence);
  }

  async append(orderId: OrderId, fact: Fact): Promise<'appended' | 'taken'> {
    const before = this.beforeAppend;
    this.beforeAppend = undefined;
    await before?.();
    const facts = this.#facts.get(orderId) ?? [];
    if (facts.some(({ sequence }) => sequence === fact.sequence)) return 'taken';
    this.#facts.set(orderId, [...facts, fact]);
    if (this.losesReplyOf === fact.kind) {
      this.losesReplyOf = undefined;
      throw new Error('the reply was lost');
    }
    return 'appended';
  }

  seed(orderId: OrderId, facts: readonly Fact[]): void {
    this.#facts.set(orderId, [...facts]);
  }
}
