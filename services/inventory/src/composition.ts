import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { DynamoDbExpiryProgress } from './adapters/dynamodb-expiry-progress.js';
import { DynamoDbReservations } from './adapters/dynamodb-reservations.js';
import { DynamoDbStock } from './adapters/dynamodb-stock.js';
import { systemPatience as patience } from './adapters/system-patience.js';
import { makeChangeReservation } from './application/change-reservation.js';
import { config } from './config.js';

/** The service's table behind its ports, for the functions to wire. */
export function openInventory() {
  const { TABLE_NAME } = config();
  const documents = documentClient();
  const reservations = new DynamoDbReservations(documents, TABLE_NAME);
  return {
    reservations,
    stock: new DynamoDbStock(documents, TABLE_NAME),
    progress: new DynamoDbExpiryProgress(documents, TABLE_NAME),
    patience,
    changeReservation: makeChangeReservation({ reservations, patience }),
  };
}
