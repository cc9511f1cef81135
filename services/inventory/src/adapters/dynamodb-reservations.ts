import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { ReservationId } from '@shipline/contracts';
import type { Minute } from '../domain/expiry-minute.js';
import type { Reservation, Transition } from '../domain/reservation.js';
import type { AddOutcome, MoveOutcome, Reservations } from '../ports/reservations.js';
import { bucketsOf, EXPIRY_INDEX, fromItem, idOf, reservationKey, stockKey, toItem } from './stored-items.js';
import { cancellationReasons, isContention } from './transaction-reasons.js';

export class DynamoDbReservations implements Reservations {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly tableName: string,
  ) {}

  async find(id: ReservationId): Promise<Reservation | undefined> {
    const { Item } = await this.client.send(
      new GetCommand({ TableName: this.tableName, Key: { pk: reservationKey(id) }, ConsistentRead: true }),
    );
    return Item && fromItem(Item);
  }

  async add(reservation: Reservation): Promise<AddOutcome> {
    const put = {
      TableName: this.tableName,
      Item: toItem(reservation),
      ConditionExpression: 'attribute_not_exists(pk)',
    };
    const take = reservation.lines.map(({ sku, quantity }) => ({
      Update: {
        TableName: this.tableName,
        Key: { pk: stockKey(sku) },
        UpdateExpression: 'SET units = units - :quantity',
        ConditionExpression: 'units >= :quantity',
        ExpressionAttributeValues: { ':quantity': quantity },
      },
    }));
    try {
      await this.client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, ...take] }));
      return 'added';
    } catch (error) {
      return addOutcome(error);
    }
  }

  async move(reservation: Reservation, transition: Transition): Promise<MoveOutcome> {
    const change = {
      TableName: this.tableName,
      Key: { pk: reservationKey(reservation.id) },
      // Out of the index: it is not held any more.
      UpdateExpression: 'SET #state = :to REMOVE expiryBucket',
      ConditionExpression: '#state = :from',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':from': transition.from, ':to': transition.to },
    };
    try {
      if (transition.givesBack)
        await this.client.send(
          new TransactWriteCommand({ TransactItems: [{ Update: change }, ...this.giveBack(reservation)] }),
        );
      else await this.client.send(new UpdateCommand(change));
      return 'moved';
    } catch (error) {
      return moveOutcome(error);
    }
  }

  async *heldUntil(minute: Minute): AsyncIterable<ReservationId> {
    for (const bucket of bucketsOf(minute)) {
      const pages = paginateQuery(
        { client: this.client },
        {
          TableName: this.tableName,
          IndexName: EXPIRY_INDEX,
          KeyConditionExpression: 'expiryBucket = :bucket',
          ExpressionAttributeValues: { ':bucket': bucket },
          ProjectionExpression: 'pk',
        },
      );
      for await (const { Items = [] } of pages) for (const { pk } of Items) yield idOf(String(pk));
    }
  }

  private giveBack({ lines }: Reservation) {
    return lines.map(({ sku, quantity }) => ({
      Update: {
        TableName: this.tableName,
        Key: { pk: stockKey(sku) },
        UpdateExpression: 'SET sku = :sku ADD units :quantity',
        ExpressionAttributeValues: { ':sku': sku, ':quantity': quantity },
      },
    }));
  }
}

/** The reservation's own reason decides before the stock's: a repeated request can fail both. */
function addOutcome(error: unknown): AddOutcome {
  const [own, ...stock] = cancellationReasons(error);
  if (own === 'ConditionalCheckFailed') return 'exists';
  if (isContention(own)) return 'busy';
  if (stock.includes('ConditionalCheckFailed')) return 'short';
  if (stock.some(isContention)) return 'busy';
  throw error;
}

function moveOutcome(error: unknown): MoveOutcome {
  if (error instanceof ConditionalCheckFailedException) return 'changed';
  if (error instanceof TransactionConflictException) return 'busy';
  const [own, ...stock] = cancellationReasons(error);
  if (own === 'ConditionalCheckFailed') return 'changed';
  if ([own, ...stock].some(isContention)) return 'busy';
  throw error;
}
