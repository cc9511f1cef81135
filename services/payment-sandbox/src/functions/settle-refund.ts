import { systemClock as clock } from '@shipline/lambda-kit/clock';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { ulidSource } from '@shipline/lambda-kit/ids';
import { DynamoDbGatewayStore } from '../adapters/dynamodb-gateway-store.js';
import { StoredRefund } from '../adapters/stored-schemas.js';
import { makeSettleRefund } from '../application/settle-refund.js';
import { tableConfig } from '../config.js';
import { streamEntry } from '../handlers/stream-entry.js';

const settleRefund = makeSettleRefund({
  store: new DynamoDbGatewayStore(documentClient(), tableConfig().TABLE_NAME),
  clock,
  ids: ulidSource(),
});

export const handler = streamEntry(StoredRefund, ({ id }) => settleRefund(id));
