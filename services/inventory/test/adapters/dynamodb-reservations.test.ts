import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { DynamoDbReservations } from '../../src/adapters/dynamodb-reservations.js';
import { transition } from '../../src/domain/reservation.js';
import { aReservation, line } from '../builders.js';

const meta = { message: 'no', $metadata: {} };
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ ...meta, CancellationReasons: codes.map((Code) => ({ Code })) });

/** Answers that a small local DynamoDB does not give by itself. */
function setup(error: Error) {
  const client = { send: () => Promise.reject(error) } as unknown as DynamoDBDocumentClient;
  return new DynamoDbReservations(client, 'table');
}
const [conditional, conflict, throttled, none] = [
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ThrottlingError',
  'None',
];
const reservation = aReservation(1, [line('MUG', 1), line('CAP', 1)]);

describe('a cancelled reservation', () => {
  it.each([
    [[conditional, none, none], 'exists'],
    [[conditional, conditional, conflict], 'exists'],
    [[conflict, conditional, none], 'busy'],
    [[none, conditional, none], 'short'],
    [[none, conflict, conditional], 'short'],
    [[none, none, conflict], 'busy'],
    [[none, throttled, none], 'busy'],
  ])('with the reasons %j is %s', async (reasons, outcome) => {
    expect(await setup(cancelled(...reasons)).add(reservation)).toBe(outcome);
  });

  it.each([
    ['ValidationError', cancelled(none, 'ValidationError', none)],
    ['an error of another kind', new TypeError('boom')],
  ])('by %s is a fault', async (_, error) => {
    await expect(setup(error).add(reservation)).rejects.toBe(error);
  });
});

describe('a failed change', () => {
  const release = transition('held', 'release');
  const commit = transition('held', 'commit');
  if (!release || !commit) throw new TypeError('both apply to what is held');

  it.each([
    [cancelled(conditional, none, none), 'changed'],
    [cancelled(conditional, conflict, none), 'changed'],
    [cancelled(none, none, conflict), 'busy'],
  ])('of several items is told apart (%#)', async (error, outcome) => {
    expect(await setup(error).move(reservation, release)).toBe(outcome);
  });

  it('of one item is told apart', async () => {
    expect(await setup(new ConditionalCheckFailedException(meta)).move(reservation, commit)).toBe('changed');
    expect(await setup(new TransactionConflictException(meta)).move(reservation, commit)).toBe('busy');
    const error = new TypeError('boom');
    await expect(setup(error).move(reservation, commit)).rejects.toBe(error);
  });
});
