import type { GatewayEvent } from '../../src/domain/gateway-event.js';
import type { PaymentIntent } from '../../src/domain/payment-intent.js';
import type { PaymentMethod } from '../../src/domain/payment-method.js';
import type { Refund } from '../../src/domain/refund.js';
import type { WebhookEndpoint } from '../../src/domain/webhook-endpoint.js';
import type {
  Change,
  CommitOutcome,
  GatewayStore,
  ListPage,
  ListQuery,
  Write,
} from '../../src/ports/gateway-store.js';
import type { InMemoryIdempotencyKeys } from './in-memory-idempotency-keys.js';

interface Listed {
  readonly id: string;
  readonly created: number;
}

/** The table in memory. */
export class InMemoryGatewayStore implements GatewayStore {
  readonly events: GatewayEvent[] = [];
  /** Runs before the next commit: where another writer would come in. */
  beforeCommit: (() => Promise<unknown>) | undefined;
  readonly #intents = new Map<string, PaymentIntent>();
  readonly #refunds = new Map<string, Refund>();
  readonly #methods = new Map<string, PaymentMethod>();
  readonly #endpoints = new Map<string, WebhookEndpoint>();

  constructor(private readonly keys: InMemoryIdempotencyKeys) {}

  findIntent = async (id: string) => this.#intents.get(id);
  findRefund = async (id: string) => this.#refunds.get(id);
  findMethod = async (id: string) => this.#methods.get(id);
  findEvent = async (id: string) => this.events.find((event) => event.id === id);
  findEndpoint = async (id: string) => this.#endpoints.get(id);
  endpoints = async () => newestFirst([...this.#endpoints.values()]);
  listIntents = async (query: ListQuery) => page([...this.#intents.values()], query);
  listRefunds = async (query: ListQuery) => page([...this.#refunds.values()], query);
  listRefundsOf = async (intentId: string, query: ListQuery) =>
    page(
      [...this.#refunds.values()].filter((refund) => refund.intentId === intentId),
      query,
    );

  async commit({ writes, events, completes }: Change): Promise<CommitOutcome> {
    const interrupt = this.beforeCommit;
    this.beforeCommit = undefined;
    await interrupt?.();
    if (completes && !this.keys.mayComplete(completes)) return 'lease_lost';
    if (writes.some((write) => !this.#mayWrite(write))) return 'conflict';
    for (const write of writes) this.#write(write);
    this.events.push(...events);
    if (completes) this.keys.complete(completes);
    return 'committed';
  }

  /** Everything that is stored. */
  contents(): unknown {
    const { events } = this;
    const maps = [this.#intents, this.#refunds, this.#methods, this.#endpoints];
    return { events, stored: maps.map((map) => [...map.values()]) };
  }

  #mayWrite(write: Write): boolean {
    switch (write.kind) {
      case 'intent':
        return (this.#intents.get(write.value.id)?.version ?? 0) === write.expects;
      case 'refund':
        return (this.#refunds.get(write.value.id)?.version ?? 0) === write.expects;
      case 'method':
        return !this.#methods.has(write.value.id);
      case 'endpoint':
        return !this.#endpoints.has(write.value.id);
      case 'endpoint-removal':
        return true;
    }
  }

  #write(write: Write): void {
    switch (write.kind) {
      case 'intent':
        this.#intents.set(write.value.id, write.value);
        break;
      case 'refund':
        this.#refunds.set(write.value.id, write.value);
        break;
      case 'method':
        this.#methods.set(write.value.id, write.value);
        break;
      case 'endpoint':
        this.#endpoints.set(write.value.id, write.value);
        break;
      case 'endpoint-removal':
        this.#endpoints.delete(write.id);
    }
  }
}

const position = ({ created, id }: Listed) => `${String(created).padStart(12, '0')}#${id}`;

const newestFirst = <T extends Listed>(items: T[]): T[] =>
  items.sort((one, two) => (position(one) < position(two) ? 1 : -1));

function page<T extends Listed>(
  items: T[],
  { limit, from = 0, to = Number.POSITIVE_INFINITY, after }: ListQuery,
): ListPage<T> {
  const found = newestFirst(items).filter(
    (item) => item.created >= from && item.created <= to && (!after || position(item) < position(after)),
  );
  return { items: found.slice(0, limit), hasMore: found.length > limit };
}
