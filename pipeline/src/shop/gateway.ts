import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { stripeClient } from '@shipline/tooling/deploy/gateway-webhook';
import type { Outputs } from '@shipline/tooling/deploy/outputs';
import type Stripe from 'stripe';

/** The merchant's secret key. */
export async function gatewayKey({ gatewaySecretArn }: Outputs): Promise<string> {
  const { SecretString = '{}' } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: gatewaySecretArn }),
  );
  const { apiKey = '' } = JSON.parse(SecretString) as { apiKey?: string };
  return apiKey;
}

/** The gateway as its merchant sees it: with our secret key. */
export const gatewayOf = async (outputs: Outputs): Promise<Stripe> =>
  stripeClient(await gatewayKey(outputs), outputs.gatewayUrl);

export interface Intent {
  readonly id: string;
  readonly status: Stripe.PaymentIntent.Status;
  readonly amount_received: number;
  /** Minor units that went back. */
  readonly refunded: number;
}

/** Every PaymentIntent that was made for these payments, also those that nobody knows of. */
export async function intentsByPayment(
  stripe: Stripe,
  paymentIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Intent[]>> {
  const found = new Map<string, Intent[]>(paymentIds.map((id) => [id, []]));
  for await (const intent of stripe.paymentIntents.list({ limit: 100 })) {
    const ofPayment = Object.values(intent.metadata)
      .map((value) => found.get(value))
      .find(Boolean);
    if (!ofPayment) continue;
    const refunds = await stripe.refunds.list({ payment_intent: intent.id, limit: 100 });
    const refunded = refunds.data
      .filter(({ status }) => status !== 'failed')
      .reduce((sum, { amount }) => sum + amount, 0);
    ofPayment.push({
      id: intent.id,
      status: intent.status,
      amount_received: intent.amount_received,
      refunded,
    });
  }
  return found;
}
