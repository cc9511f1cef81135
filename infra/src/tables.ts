import type { ServiceName } from './names.js';

/** A global secondary index: its name says what it is for. All attributes are strings. */
export interface IndexSchema {
  readonly partitionKey: string;
  readonly sortKey: string;
}

export interface TableSchema {
  readonly partitionKey: 'pk';
  readonly sortKey?: 'sk';
  readonly indexes?: Readonly<Record<string, IndexSchema>>;
  /** Items are deleted some time after this epoch second. */
  readonly timeToLive?: 'ttl';
  /** Whether a relay publishes events from the table's changes. */
  readonly stream?: true;
}

/**
 * Keys and indexes of every service's table. An item is in an index only while it has the index's attributes:
 * `open` and `expiry` stay small, because finished orders and reservations drop them.
 */
export const tables = {
  catalog: {
    partitionKey: 'pk',
    indexes: {
      all: { partitionKey: 'listKey', sortKey: 'sku' },
      'by-category': { partitionKey: 'category', sortKey: 'sku' },
    },
  },
  cart: { partitionKey: 'pk', timeToLive: 'ttl' },
  inventory: {
    partitionKey: 'pk',
    indexes: { expiry: { partitionKey: 'expiryBucket', sortKey: 'expiresAt' } },
  },
  orders: {
    partitionKey: 'pk',
    indexes: {
      'by-customer': { partitionKey: 'customerId', sortKey: 'createdAt' },
      open: { partitionKey: 'openShard', sortKey: 'openSince' },
    },
    stream: true,
  },
  payments: {
    partitionKey: 'pk',
    sortKey: 'sk',
    indexes: { 'by-day': { partitionKey: 'day', sortKey: 'pk' } },
    stream: true,
  },
  notifications: { partitionKey: 'pk', timeToLive: 'ttl' },
} as const satisfies Record<ServiceName, TableSchema>;
