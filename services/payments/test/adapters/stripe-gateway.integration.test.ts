import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { gatewaySecret } from '../../src/adapters/gateway-secret.js';
import { stripeClients } from '../../src/adapters/stripe-clients.js';
import { StripeGateway } from '../../src/adapters/stripe-gateway.js';
import { describeGateway } from '../contracts/gateway-contract.js';

/** What `pnpm test` says of the environment that it has deployed. */
const Outputs = z.object({ gatewayUrl: z.url(), gatewaySecretArn: z.string() });

describeGateway('Stripe’s SDK on the deployed sandbox', () => {
  const { gatewayUrl, gatewaySecretArn } = Outputs.parse(JSON.parse(process.env['SHIPLINE_OUTPUTS'] ?? '{}'));
  const secret = gatewaySecret(new SecretsManagerClient({}), gatewaySecretArn, () => new Date());
  return new StripeGateway(stripeClients(gatewayUrl, secret));
});
