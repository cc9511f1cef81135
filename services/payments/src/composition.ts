import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientDefaults } from '@shipline/lambda-kit/client-defaults';
import { systemClock as now } from '@shipline/lambda-kit/clock';
import { documentClient } from '@shipline/lambda-kit/dynamodb';
import { createMeasure } from '@shipline/lambda-kit/metrics';
import { traceable } from '@shipline/lambda-kit/traceable';
import { DynamoDbLedger } from './adapters/dynamodb-ledger.js';
import { gatewaySecret } from './adapters/gateway-secret.js';
import { loggedReports } from './adapters/logged-reports.js';
import { MeasuredLedger } from './adapters/measured-ledger.js';
import { stripeClients } from './adapters/stripe-clients.js';
import { StripeGateway } from './adapters/stripe-gateway.js';
import type { gatewayConfig } from './config.js';

/** Ledger and gateway behind their ports, for the functions to wire. */
export function openPayments(config: ReturnType<typeof gatewayConfig>) {
  const secrets = traceable(new SecretsManagerClient(clientDefaults()));
  const secret = gatewaySecret(secrets, config.GATEWAY_SECRET_ARN, now);
  return {
    ledger: new MeasuredLedger(new DynamoDbLedger(documentClient(), config.TABLE_NAME), createMeasure()),
    gateway: new StripeGateway(stripeClients(config.GATEWAY_URL, secret)),
    reports: loggedReports(),
    secret,
    now,
  };
}
