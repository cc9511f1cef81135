import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Cart } from '../domain/cart.js';
import { CartError } from '../domain/cart-error.js';
import type { GuestToken, Owner } from '../domain/owner.js';
import type { Carts } from '../ports/carts.js';
import { fromItem, keyOf, toItem } from './stored-cart.js';

export class DynamoDbCarts implements Carts {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async find(owner: Owner): Promise<Cart | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tableName, Key: keyOf(owner), ConsistentRead: true }),
    );
    return Item && fromItem(Item);
  }

  async add(guestToken: GuestToken, cart: Cart): Promise<void> {
    try {
      await this.client.send(
        new PutCommand({
          TableName: this.tableName,
          Item: toItem({ guestToken }, cart),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    } catch (error) {
      // 256 random bits do not meet twice: what is there is our own write, whose reply was lost.
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  async save(owner: Owner, cart: Cart): Promise<void> {
    await unlessChanged(this.client.send(new PutCommand(this.successor(owner, cart))));
  }

  async merge({
    customerId,
    cart,
    guestToken,
    guestVersion,
  }: {
    customerId: string;
    cart: Cart;
    guestToken: GuestToken;
    guestVersion: number;
  }): Promise<void> {
    const forget = {
      TableName: this.tableName,
      Key: keyOf({ guestToken }),
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': guestVersion },
    };
    await unlessChanged(
      this.client.send(
        new TransactWriteCommand({
          TransactItems: [{ Put: this.successor({ customerId }, cart) }, { Delete: forget }],
        }),
      ),
    );
  }

  private successor(owner: Owner, cart: Cart) {
    const put = { TableName: this.tableName, Item: toItem(owner, cart) };
    const before = cart.version - 1;
    if (before === 0) return { ...put, ConditionExpression: 'attribute_not_exists(pk)' };
    return {
      ...put,
      ConditionExpression: 'version = :before',
      ExpressionAttributeValues: { ':before': before },
    };
  }
}

/** @throws {CartError} `CART_CHANGED` when a condition failed, or another transaction holds the item. */
async function unlessChanged(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (cause) {
    if (wasChanged(cause)) throw new CartError('CART_CHANGED', { cause });
    throw cause;
  }
}

function wasChanged(error: unknown): boolean {
  if (error instanceof ConditionalCheckFailedException) return true;
  if (error instanceof TransactionConflictException) return true;
  if (!(error instanceof TransactionCanceledException)) return false;
  return (error.CancellationReasons ?? []).some(
    ({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict',
  );
}
