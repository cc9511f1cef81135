import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { stripeClient } from '@shipline/tooling/deploy/gateway-webhook';
import type Stripe from 'stripe';
import { outputs } from './environment.js';

/** The merchant's secret key. */
export async function gatewayKey(): Promise<string> {
  const { SecretString = '{}' } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: outputs.gatewaySecretArn }),
  );
  const { apiKey = '' } = JSON.parse(SecretString) as { apiKey?: string };
  return apiKey;
}

let client: Promise<Stripe> | undefined;

/** The gateway as its merchant sees it: with our secret key. */
export function gateway(): Promise<Stripe> {
  client ??= gatewayKey().then((apiKey) => stripeClient(apiKey, outputs.gatewayUrl));
  return client;
}

export interface Intent {
  readonly id: string;
  readonly status: Stripe.PaymentIntent.Status;
  readonly amount_received: number;
  /** Minor units that went back. */
  readonly refunded: number;
}

/** Every PaymentIntent that was made for a payment, also those that nobody knows of. */
export async function intentsOf(paymentId: string): Promise<Intent[]> {
  const stripe = await gateway();
  const found: Intent[] = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 100 })) {
    if (!Object.values(intent.metadata).includes(paymentId)) continue;
    const refunds = await stripe.refunds.list({ payment_intent: intent.id, limit: 100 });
    const refunded = refunds.data
      .filter(({ status }) => status !== 'failed')
      .reduce((sum, r) => sum + r.amount, 0);
    found.push({ id: intent.id, status: intent.status, amount_received: intent.amount_received, refunded });
  }
  return found;
}

export interface Fault {
  readonly operation: 'create' | 'confirm' | 'capture' | 'cancel' | 'refund' | 'retrieve' | 'list';
  /** `lost`: done, no reply. `error`: not done, a 500. `duplicate`: done twice. `slow`: done, late reply. */
  readonly kind: 'lost' | 'slow' | 'error' | 'duplicate' | 'fail';
  readonly times?: number;
}

/** A payment method of its own for a card number, so that a fault can be aimed at one order. */
export async function newCard(number = '4242424242424242'): Promise<string> {
  const stripe = await gateway();
  const { id } = await stripe.paymentMethods.create({
    type: 'card',
    card: { number, exp_month: 12, exp_year: new Date().getFullYear() + 2, cvc: '123' },
  });
  return id;
}

/** Makes the sandbox fail for one payment method. */
export async function inject(paymentMethod: string, { times = 1, ...fault }: Fault): Promise<void> {
  const stripe = await gateway();
  await stripe.rawRequest('POST', '/v1/test_helpers/faults', {
    ...fault,
    times,
    match: { payment_method: paymentMethod },
  });
}
