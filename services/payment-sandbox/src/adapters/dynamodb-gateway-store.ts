import { TransactionCanceledException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { GatewayEvent } from '../domain/gateway-event.js';
import type { PaymentIntent } from '../domain/payment-intent.js';
import type { PaymentMethod } from '../domain/payment-method.js';
import type { Refund } from '../domain/refund.js';
import type { WebhookEndpoint } from '../domain/webhook-endpoint.js';
import type { Change, CommitOutcome, GatewayStore, ListPage, ListQuery } from '../ports/gateway-store.js';
import { transactionOf } from './dynamodb-writes.js';
import { ENDPOINTS, keys, LIST_INDEX, listedAt, REFUND_PREFIX } from './stored-items.js';
import {
  Item,
  StoredEndpoint,
  StoredEvent,
  StoredIntent,
  StoredMethod,
  StoredRefund,
} from './stored-schemas.js';

type Key = { readonly pk: string; readonly sk: string };

export class DynamoDbGatewayStore implements GatewayStore {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  findIntent(id: string): Promise<PaymentIntent | undefined> {
    return this.#find(keys.intent(id), StoredIntent);
  }

  async findRefund(id: string): Promise<Refund | undefined> {
    const pointer = await this.#find(keys.refundPointer(id), Pointer);
    return pointer && this.#find(keys.refund(pointer), StoredRefund);
  }

  findMethod(id: string): Promise<PaymentMethod | undefined> {
    return this.#find(keys.method(id), StoredMethod);
  }

  findEvent(id: string): Promise<GatewayEvent | undefined> {
    return this.#find(keys.event(id), StoredEvent);
  }

  findEndpoint(id: string): Promise<WebhookEndpoint | undefined> {
    return this.#find(keys.endpoint(id), StoredEndpoint);
  }

  async endpoints(): Promise<readonly WebhookEndpoint[]> {
    const found = await this.#query(StoredEndpoint, {
      KeyConditionExpression: 'pk = :endpoints',
      ExpressionAttributeValues: { ':endpoints': ENDPOINTS },
      ConsistentRead: true,
    });
    return found.sort((one, two) => (listedAt(one) < listedAt(two) ? 1 : -1));
  }

  listIntents(query: ListQuery): Promise<ListPage<PaymentIntent>> {
    return this.#page(StoredIntent, query, {
      IndexName: LIST_INDEX,
      KeyConditionExpression: '#list = :list AND listedAt BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: { ':list': 'intents', ...bounds(query) },
    });
  }

  listRefunds(query: ListQuery): Promise<ListPage<Refund>> {
    return this.#page(StoredRefund, query, {
      IndexName: LIST_INDEX,
      KeyConditionExpression: '#list = :list AND listedAt BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#list': 'list' },
      ExpressionAttributeValues: { ':list': 'refunds', ...bounds(query) },
    });
  }

  listRefundsOf(intentId: string, query: ListQuery): Promise<ListPage<Refund>> {
    return this.#page(StoredRefund, query, {
      KeyConditionExpression: 'pk = :intent AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':intent': keys.intent(intentId).pk, ...bounds(query, REFUND_PREFIX) },
      ConsistentRead: true,
    });
  }

  async commit(change: Change): Promise<CommitOutcome> {
    const TransactItems = transactionOf(this.tableName, change);
    if (TransactItems.length === 0) return 'committed';
    try {
      await this.client.send(new TransactWriteCommand({ TransactItems }));
      return 'committed';
    } catch (error) {
      return outcomeOf(error, change.completes !== undefined);
    }
  }

  async #find<S extends z.ZodMiniType>(key: Key, schema: S): Promise<z.output<S> | undefined> {
    const { Item: found } = await this.client.send(
      new GetCommand({ TableName: this.tableName, Key: key, ConsistentRead: true }),
    );
    return found && z.parse(schema, z.parse(Item, found).data);
  }

  async #page<S extends z.ZodMiniType<{ readonly id: string }>>(
    schema: S,
    { limit, after }: ListQuery,
    query: Partial<QueryCommandInput>,
  ): Promise<ListPage<z.output<S>>> {
    // One more than asked for tells whether there is another page; one is where the page before ended.
    const read = await this.#query(schema, { ...query, ScanIndexForward: false, Limit: limit + 2 });
    const found = read.filter(({ id }) => id !== after?.id);
    return { items: found.slice(0, limit), hasMore: found.length > limit };
  }

  async #query<S extends z.ZodMiniType>(
    schema: S,
    query: Partial<QueryCommandInput>,
  ): Promise<z.output<S>[]> {
    const { Items = [] } = await this.client.send(new QueryCommand({ ...query, TableName: this.tableName }));
    return Items.map((item) => z.parse(schema, z.parse(Item, item).data));
  }
}

const Pointer = z.object({ id: z.string(), intentId: z.string(), created: z.int() });

/** Of the sort key, both included: what the page begins behind is dropped when it has been read. */
function bounds({ from = 0, to = LAST_SECOND, after }: ListQuery, prefix = '') {
  const first = listedAt({ created: from, id: '' });
  // No character of an id sorts behind `~`.
  const last = `${listedAt({ created: to, id: '' })}~`;
  const end = after && listedAt(after) < last ? listedAt(after) : last;
  // DynamoDB refuses bounds that are crossed; nothing lies at the first bound itself.
  return { ':from': `${prefix}${first}`, ':to': `${prefix}${[first, end].sort()[1]}` };
}

const LAST_SECOND = 999_999_999_999;

function outcomeOf(error: unknown, completes: boolean): CommitOutcome {
  if (error instanceof TransactionConflictException) return 'conflict';
  if (!(error instanceof TransactionCanceledException)) throw error;
  const reasons = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
  if (completes && reasons[0] === 'ConditionalCheckFailed') return 'lease_lost';
  if (reasons.some((reason) => worthAnother.has(reason))) return 'conflict';
  throw error;
}

const worthAnother = new Set(['ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError']);
