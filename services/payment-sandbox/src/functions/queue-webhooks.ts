import { SQSClient } from '@aws-sdk/client-sqs';
import { clientDefaults } from '@shipline/lambda-kit/client-defaults';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { traceable } from '@shipline/lambda-kit/traceable';
import { DynamoDbGatewayStore } from '../adapters/dynamodb-gateway-store.js';
import { sqsDeliveryQueue } from '../adapters/sqs-delivery-queue.js';
import { StoredEvent } from '../adapters/stored-schemas.js';
import { makeQueueWebhooks } from '../application/queue-webhooks.js';
import { queueConfig } from '../config.js';
import { streamEntry } from '../handlers/stream-entry.js';

const { TABLE_NAME, DELIVERIES_QUEUE_URL } = queueConfig();

export const handler = streamEntry(
  StoredEvent,
  makeQueueWebhooks({
    store: new DynamoDbGatewayStore(documentClient(), TABLE_NAME),
    queue: sqsDeliveryQueue(traceable(new SQSClient(clientDefaults())), DELIVERIES_QUEUE_URL),
  }),
);
