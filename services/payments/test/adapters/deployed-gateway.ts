import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { gatewaySecret } from '../../src/adapters/gateway-secret.js';
import { stripeClient } from '../../src/adapters/stripe-clients.js';

/** What `pnpm test` says of the environment that it has deployed. */
const Outputs = z.object({ gatewayUrl: z.url(), gatewaySecretArn: z.string() });

/** The deployed sandbox: its address, its merchant's secret and a client of its own for the test. */
export async function deployedGateway() {
  const { gatewayUrl, gatewaySecretArn } = Outputs.parse(JSON.parse(process.env['SHIPLINE_OUTPUTS'] ?? '{}'));
  const secret = gatewaySecret(new SecretsManagerClient({}), gatewaySecretArn, () => new Date());
  const { apiKey } = await secret.read();
  return { gatewayUrl, secret, apiKey, stripe: stripeClient(apiKey, gatewayUrl) };
}
