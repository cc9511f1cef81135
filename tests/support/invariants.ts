import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Order, paymentIdOf, reservationIdOf } from '@shipline/contracts';
import { expect, vi } from 'vitest';
import { outputs } from './environment.js';
import { intentsOf } from './gateway.js';

export const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const tableOf = (service: string): string => {
  const name = outputs.tables[service];
  if (!name) throw new Error(`${service} has no table.`);
  return name;
};

export const inventoryTable = () => tableOf('inventory');
export const ordersTable = () => tableOf('orders');
export const catalogTable = () => tableOf('catalog');

/** The state of an order's reservation, as stored. */
export async function reservationOf({ orderId }: Pick<Order, 'orderId'>): Promise<string | undefined> {
  const { Item } = await tables.send(
    new GetCommand({
      TableName: inventoryTable(),
      Key: { pk: `RES#${reservationIdOf(orderId)}` },
      ConsistentRead: true,
    }),
  );
  return Item?.['state'] as string | undefined;
}

/** The kinds of an order's payment facts, oldest first. */
export async function ledgerOf({ orderId }: Pick<Order, 'orderId'>): Promise<string[]> {
  const { Items = [] } = await tables.send(
    new QueryCommand({
      TableName: tableOf('payments'),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `PAY#${orderId}` },
      ConsistentRead: true,
    }),
  );
  return Items.map(({ kind }) => String(kind));
}

/**
 * What must be true of every order that rests: order, reservation, ledger and gateway tell the same story.
 * Consumers may still be at work, so it is asked until it holds.
 */
export async function expectConsistent(order: Order): Promise<void> {
  await vi.waitFor(
    async () => {
      const [reservation, ledger, intents] = await Promise.all([
        reservationOf(order),
        ledgerOf(order),
        intentsOf(paymentIdOf(order.orderId)),
      ]);
      const held = intents.filter(({ status }) => status === 'requires_capture');
      const paid = intents.filter(({ status }) => status === 'succeeded');
      const story = {
        order: order.status,
        reservation,
        ledger,
        intents: intents.map(({ status }) => status),
      };
      expect(held, JSON.stringify(story)).toHaveLength(0);
      expect(paid.length, JSON.stringify(story)).toBeLessThanOrEqual(1);
      if (order.status === 'confirmed') {
        expect(story).toMatchObject({ reservation: 'committed' });
        expect(paid[0]?.amount_received).toBe(order.total.amount);
        expect(ledger).toContain('captured');
      }
      if (order.status === 'refused' || order.status === 'cancelled') {
        expect(['released', 'expired', 'returned', undefined], JSON.stringify(story)).toContain(reservation);
        const refunded = paid.reduce((sum, intent) => sum + intent.refunded, 0);
        expect(refunded, JSON.stringify(story)).toBe(
          paid.reduce((sum, { amount_received: got }) => sum + got, 0),
        );
      }
    },
    { timeout: 60_000, interval: 250 },
  );
}
