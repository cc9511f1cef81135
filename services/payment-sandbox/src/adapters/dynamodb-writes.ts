import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Change, Write } from '../ports/gateway-store.js';
import { eventItem, intentItem, keys, refundItem } from './stored-items.js';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** A change as one transaction; what completes an idempotency key comes first. */
export function transactionOf(TableName: string, { writes, events, completes }: Change): TransactItem[] {
  const completion = completes
    ? [
        {
          Update: {
            TableName,
            Key: keys.idempotency(completes.key),
            UpdateExpression: 'SET reply = :reply',
            ConditionExpression: 'lease = :lease AND attribute_not_exists(reply)',
            ExpressionAttributeValues: { ':reply': completes.reply, ':lease': completes.lease },
          },
        },
      ]
    : [];
  return [
    ...completion,
    ...writes.flatMap((write) => itemsOf(TableName, write)),
    ...events.map((event) => ({ Put: { TableName, Item: eventItem(event), ConditionExpression: ABSENT } })),
  ];
}

const ABSENT = 'attribute_not_exists(pk)';

function itemsOf(TableName: string, write: Write): TransactItem[] {
  const put = (Item: Record<string, unknown>, expects = 0): TransactItem => ({
    Put: {
      TableName,
      Item,
      ...(expects === 0
        ? { ConditionExpression: ABSENT }
        : {
            ConditionExpression: 'version = :expected',
            ExpressionAttributeValues: { ':expected': expects },
          }),
    },
  });
  switch (write.kind) {
    case 'intent':
      return [put(intentItem(write.value), write.expects)];
    case 'refund': {
      const { id, intentId, created } = write.value;
      const pointer = { ...keys.refundPointer(id), kind: 'pointer', data: { id, intentId, created } };
      return [put(refundItem(write.value), write.expects), ...(write.expects === 0 ? [put(pointer)] : [])];
    }
    case 'method':
      return [put({ ...keys.method(write.value.id), kind: 'method', data: write.value })];
    case 'endpoint':
      return [put({ ...keys.endpoint(write.value.id), kind: 'endpoint', data: write.value })];
    case 'endpoint-removal':
      return [{ Delete: { TableName, Key: keys.endpoint(write.id) } }];
  }
}
