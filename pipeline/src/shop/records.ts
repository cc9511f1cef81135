import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { type Order, reservationIdOf } from '@shipline/contracts';
import type { Outputs } from '@shipline/tooling/deploy/outputs';

export const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export function tableOf({ tables: names }: Outputs, service: string): string {
  const name = names[service];
  if (!name) throw new Error(`${service} has no table.`);
  return name;
}

/** The state of an order's reservation, as stored. */
export async function reservationOf(
  outputs: Outputs,
  { orderId }: Pick<Order, 'orderId'>,
): Promise<string | undefined> {
  const { Item } = await tables.send(
    new GetCommand({
      TableName: tableOf(outputs, 'inventory'),
      Key: { pk: `RES#${reservationIdOf(orderId)}` },
      ConsistentRead: true,
    }),
  );
  return Item?.['state'] as string | undefined;
}

/** The kinds of an order's payment facts, oldest first. */
export async function ledgerOf(outputs: Outputs, { orderId }: Pick<Order, 'orderId'>): Promise<string[]> {
  const { Items = [] } = await tables.send(
    new QueryCommand({
      TableName: tableOf(outputs, 'payments'),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `PAY#${orderId}` },
      ConsistentRead: true,
    }),
  );
  return Items.map(({ kind }) => String(kind));
}
