import { SQSClient } from '@aws-sdk/client-sqs';
import { clientDefaults } from '@shipline/lambda-kit/client-defaults';
import { systemClock as clock } from '@shipline/lambda-kit/clock';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { traceable } from '@shipline/lambda-kit/traceable';
import { DynamoDbGatewayStore } from '../adapters/dynamodb-gateway-store.js';
import { httpWebhookSender } from '../adapters/http-webhook-sender.js';
import { sqsRetryIn } from '../adapters/sqs-delivery-queue.js';
import { webhookAddresses } from '../adapters/webhook-addresses.js';
import { makeDeliverWebhook } from '../application/deliver-webhook.js';
import { deliveryConfig } from '../config.js';
import { deliveryEntry } from '../handlers/delivery-entry.js';
import { eventView } from '../handlers/event-view.js';

const { TABLE_NAME, DELIVERIES_QUEUE_URL, ALLOWED_WEBHOOK_HOSTS } = deliveryConfig();

export const handler = deliveryEntry(
  makeDeliverWebhook({
    store: new DynamoDbGatewayStore(documentClient(), TABLE_NAME),
    sender: httpWebhookSender({ addresses: webhookAddresses(ALLOWED_WEBHOOK_HOSTS), clock }),
    render: (event) => JSON.stringify(eventView(event)),
  }),
  sqsRetryIn(traceable(new SQSClient(clientDefaults())), DELIVERIES_QUEUE_URL),
);
