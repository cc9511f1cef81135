import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { DynamoDbCarts } from '../../src/adapters/dynamodb-carts.js';
import { aCart, aToken, line } from '../builders.js';

const about = { $metadata: {}, message: 'no' };
const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({ ...about, CancellationReasons: codes.map((Code) => ({ Code })) });
const failing = (error: Error) => {
  const client = { send: () => Promise.reject(error) };
  return new DynamoDbCarts(client as unknown as DynamoDBDocumentClient, 'cart');
};
const save = (error: Error) => failing(error).save({ customerId: 'ada' }, aCart(1, line('MUG')));
const merge = (error: Error) =>
  failing(error).merge({ customerId: 'ada', cart: aCart(1), guestToken: aToken(), guestVersion: 1 });

describe('what DynamoDB refuses', () => {
  it.each([
    ['a failed condition', () => save(new ConditionalCheckFailedException(about))],
    ['an item that a transaction holds', () => save(new TransactionConflictException(about))],
    ['a transaction whose first condition failed', () => merge(cancelled('ConditionalCheckFailed', 'None'))],
    ['a transaction whose last condition failed', () => merge(cancelled('None', 'ConditionalCheckFailed'))],
    ['a transaction that met another', () => merge(cancelled('None', 'TransactionConflict'))],
  ])('is a changed cart for %s, and the cause is kept', async (_, write) => {
    const error = await write().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'CartError', code: 'CART_CHANGED', cause: { message: 'no' } });
  });

  it.each([
    ['a transaction of too much', () => merge(cancelled('ValidationError', 'None'))],
    ['an absent table', () => save(new Error('ResourceNotFoundException'))],
    ['an absent table when a guest comes', () => failing(new Error('gone')).add(aToken(), aCart(1))],
  ])('stays a fault for %s', async (_, write) => {
    await expect(write()).rejects.not.toMatchObject({ name: 'CartError' });
  });
});
