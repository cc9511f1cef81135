import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DescribeExecutionCommand,
  type ExecutionStatus,
  SFNClient,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type OrderId, reservationIdOf } from '@shipline/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Customer, newCustomer } from '../support/customer.js';
import { outputs } from '../support/environment.js';
import { inject, newCard } from '../support/gateway.js';
import {
  expectConsistent,
  inventoryTable,
  ordersTable,
  reservationOf,
  tables,
} from '../support/invariants.js';
import { available, orderRequest, place, settled } from '../support/orders.js';

const lambda = new LambdaClient({});
const states = new SFNClient({});
const longAgo = new Date(Date.now() - 10 * 60_000).toISOString();

let customer: Customer;
beforeAll(async () => {
  customer = await newCustomer();
});

/** Runs a scheduled function now instead of at the next minute. */
async function run(logicalId: string): Promise<void> {
  const FunctionName = `${outputs.functions[logicalId]}:live`;
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  if (FunctionError) throw new Error(`${logicalId}: ${Payload?.transformToString()}`);
}

const executionOf = (name: string) =>
  `${outputs.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** @throws ExecutionDoesNotExist */
async function statusOf(executionName: string): Promise<ExecutionStatus | undefined> {
  const executionArn = executionOf(executionName);
  return (await states.send(new DescribeExecutionCommand({ executionArn }))).status;
}

/** Ends the first execution of an order's checkout; one that had come to its own end is a failed test. */
async function kill(orderId: string): Promise<void> {
  await states.send(new StopExecutionCommand({ executionArn: executionOf(orderId) }));
  await expect.poll(() => statusOf(orderId), { timeout: 20_000 }).toBe('ABORTED');
}

/** As if nobody had written for the order for ten minutes. */
async function leaveAlone(orderId: string): Promise<void> {
  await tables.send(
    new UpdateCommand({
      TableName: ordersTable(),
      Key: { pk: `ORDER#${orderId}` },
      UpdateExpression: 'SET openSince = :longAgo, history[0].#at = :longAgo',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':longAgo': longAgo },
    }),
  );
}

describe('a checkout that dies', () => {
  it('is started again by the sweeper and ends with one payment', async () => {
    // A slow reply keeps the execution where it can be killed.
    const card = await newCard();
    await inject(card, { operation: 'confirm', kind: 'slow' });
    const orderId = await place(
      customer,
      await orderRequest([{ sku: 'PIN-FIRST-DEPLOY', quantity: 1 }], card),
    );
    await kill(orderId);
    await leaveAlone(orderId);

    await run('OrdersSweepFunction');
    const order = await settled(customer, orderId);

    expect(order.status).toBe('confirmed');
    // The first stays dead: the second attempt has a name of its own.
    expect(await statusOf(orderId)).toBe('ABORTED');
    await expect.poll(() => statusOf(`${orderId}.2`), { timeout: 20_000 }).toBe('SUCCEEDED');
    await expectConsistent(order);
  });
});

describe('a reservation that nobody commits', () => {
  it('expires, and its units can be ordered again', async () => {
    const sku = 'PIN-CONTAINER-SET';
    const units = await available(sku);
    const card = await newCard();
    await inject(card, { operation: 'confirm', kind: 'slow' });
    const orderId = (await place(customer, await orderRequest([{ sku, quantity: 3 }], card))) as OrderId;
    await kill(orderId);
    expect(await available(sku)).toBe(units - 3);
    await expireNow(orderId);

    await run('InventoryExpireReservationsFunction');

    expect(await reservationOf({ orderId })).toBe('expired');
    expect(await available(sku)).toBe(units);

    await leaveAlone(orderId);
    await run('OrdersSweepFunction');
    const order = await settled(customer, orderId);
    expect(order).toMatchObject({ status: 'refused', reason: 'reservation_gone' });
    await expectConsistent(order);
  });
});

/** Moves a reservation's end to a minute that is over; its bucket moves along, as the service writes both. */
async function expireNow(orderId: OrderId): Promise<void> {
  const TableName = inventoryTable();
  const pk = `RES#${reservationIdOf(orderId)}`;
  const { Item } = await tables.send(new GetCommand({ TableName, Key: { pk }, ConsistentRead: true }));
  if (!Item) throw new Error(`${pk} is absent`);
  const over = new Date(Date.now() - 3 * 60_000).toISOString();
  const shard = String(Item['expiryBucket']).split('#').at(-1);
  const moved = { ...Item, expiresAt: over, expiryBucket: `EXP#${over.slice(0, 16)}#${shard}` };
  await tables.send(new PutCommand({ TableName, Item: moved }));
  // Expiry has passed that minute already: let it look again.
  await tables.send(
    new PutCommand({ TableName, Item: { pk: 'EXPIRY#PROGRESS', minute: over.slice(0, 16) } }),
  );
}
