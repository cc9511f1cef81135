import { randomBytes } from 'node:crypto';
import { systemClock as clock } from '@shipline/lambda-kit/clock';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { ulidSource } from '@shipline/lambda-kit/ids';
import * as documents from '../../dist/browser/documents.js';
import { DynamoDbFaults } from '../adapters/dynamodb-faults.js';
import { DynamoDbGatewayStore } from '../adapters/dynamodb-gateway-store.js';
import { DynamoDbIdempotencyKeys } from '../adapters/dynamodb-idempotency-keys.js';
import { merchantKeys } from '../adapters/merchant-secret.js';
import { secretOf } from '../adapters/secrets-manager.js';
import { webhookAddresses } from '../adapters/webhook-addresses.js';
import { wireGateway } from '../composition.js';
import { apiConfig } from '../config.js';
import { stripeEntry } from '../handlers/stripe-entry.js';

const { TABLE_NAME, MERCHANT_SECRET_ARN, ALLOWED_WEBHOOK_HOSTS } = apiConfig();
const client = documentClient();

export const handler = stripeEntry(
  wireGateway({
    store: new DynamoDbGatewayStore(client, TABLE_NAME),
    keys: new DynamoDbIdempotencyKeys(client, TABLE_NAME),
    faults: new DynamoDbFaults(client, TABLE_NAME, clock),
    clock,
    ids: ulidSource(),
    addresses: webhookAddresses(ALLOWED_WEBHOOK_HOSTS),
    newSecret: () => `whsec_${randomBytes(24).toString('hex')}`,
    isMerchantKey: merchantKeys(secretOf(MERCHANT_SECRET_ARN), clock),
    documents,
  }),
);
