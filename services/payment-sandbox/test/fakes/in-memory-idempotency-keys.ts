import { seconds } from '../../src/domain/payment-method.js';
import type { Change } from '../../src/ports/gateway-store.js';
import {
  type ClaimOutcome,
  type IdempotencyKeys,
  KEY_LIFE_SECONDS,
  type KeyClaim,
  LEASE_SECONDS,
} from '../../src/ports/idempotency-keys.js';
import type { Reply } from '../../src/ports/reply.js';

interface Known {
  readonly fingerprint: string;
  readonly lease: string;
  readonly leaseUntil: number;
  readonly expiresAt: number;
  readonly reply?: Reply;
}
type Completion = NonNullable<Change['completes']>;

export class InMemoryIdempotencyKeys implements IdempotencyKeys {
  readonly #known = new Map<string, Known>();

  async claim({ key, fingerprint, lease, now: at }: KeyClaim): Promise<ClaimOutcome> {
    const now = seconds(at);
    const known = this.#known.get(key);
    if (known && known.expiresAt > now) {
      if (known.fingerprint !== fingerprint) return { state: 'mismatch' };
      if (known.reply) return { state: 'done', reply: known.reply };
      if (known.leaseUntil > now) return { state: 'in_use' };
    }
    this.#known.set(key, {
      fingerprint,
      lease,
      leaseUntil: now + LEASE_SECONDS,
      expiresAt: now + KEY_LIFE_SECONDS,
    });
    return { state: 'claimed' };
  }

  async release(key: string, lease: string): Promise<void> {
    const known = this.#known.get(key);
    if (known?.lease === lease && !known.reply) this.#known.delete(key);
  }

  /** Everything that is stored. */
  contents(): unknown {
    return [...this.#known];
  }

  /** The store asks inside of its transaction. */
  mayComplete({ key, lease }: Completion): boolean {
    const known = this.#known.get(key);
    return known?.lease === lease && !known.reply;
  }

  complete({ key, reply }: Completion): void {
    const known = this.#known.get(key);
    if (known) this.#known.set(key, { ...known, reply });
  }
}
