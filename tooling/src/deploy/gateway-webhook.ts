import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import Stripe from 'stripe';
import type { Outputs } from './outputs.js';

interface GatewaySecret {
  apiKey?: string;
  webhookSecret?: string;
  /** The endpoint that `webhookSecret` belongs to. */
  webhookUrl?: string;
}

const events: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = [
  'payment_intent.amount_capturable_updated',
  'payment_intent.canceled',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'refund.created',
  'refund.failed',
  'refund.updated',
];

/**
 * Registers our webhook at the gateway once and keeps its signing secret in Secrets Manager, where the
 * payments service reads it. Stripe tells the secret only when the endpoint is made, so an endpoint whose
 * secret we do not hold is made anew, and so is one that is told of other events than we want. The old one goes
 * last: no event falls between the two.
 * @returns what to tell the person at the terminal.
 */
export async function connectGateway(
  { gatewayUrl, gatewaySecretArn, apiUrl }: Pick<Outputs, 'gatewayUrl' | 'gatewaySecretArn' | 'apiUrl'>,
  secrets: Pick<SecretsManagerClient, 'send'> = new SecretsManagerClient({}),
): Promise<string> {
  const secretArn = gatewaySecretArn;
  const webhookUrl = `${apiUrl}/payments/webhook`;
  const { SecretString = '{}' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const secret = JSON.parse(SecretString) as GatewaySecret;
  if (!secret.apiKey)
    return `Nobody can pay yet: put the gateway's secret key as "apiKey" into the secret ${secretArn}, and deploy again.`;
  const stripe = stripeClient(secret.apiKey, gatewayUrl);
  const ours = (await stripe.webhookEndpoints.list({ limit: 100 })).data.filter(
    ({ url }) => url === webhookUrl,
  );
  const holdsSecret = secret.webhookUrl === webhookUrl && secret.webhookSecret;
  if (ours.length === 1 && holdsSecret && ours.every(isToldOfOurEvents))
    return 'The gateway calls our webhook';
  const created = await stripe.webhookEndpoints.create({ url: webhookUrl, enabled_events: events });
  await secrets.send(
    new PutSecretValueCommand({
      SecretId: secretArn,
      SecretString: JSON.stringify({ ...secret, webhookSecret: created.secret, webhookUrl }),
    }),
  );
  for (const { id } of ours) await stripe.webhookEndpoints.del(id);
  return 'The gateway now calls our webhook';
}

const isToldOfOurEvents = ({ enabled_events }: Stripe.WebhookEndpoint): boolean =>
  enabled_events.toSorted().join() === events.toSorted().join();

export function stripeClient(apiKey: string, gatewayUrl: string): Stripe {
  const { hostname, port, protocol } = new URL(gatewayUrl);
  return new Stripe(apiKey, {
    host: hostname,
    ...(port && { port }),
    protocol: protocol === 'http:' ? 'http' : 'https',
    telemetry: false,
    timeout: 10_000,
  });
}
