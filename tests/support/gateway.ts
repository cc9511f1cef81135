import {
  gatewayOf,
  type Intent,
  intentsByPayment,
  gatewayKey as keyOf,
} from '@shipline/pipeline/shop/gateway';
import type Stripe from 'stripe';
import { outputs } from './environment.js';

export const gatewayKey = () => keyOf(outputs);

let client: Promise<Stripe> | undefined;

export function gateway(): Promise<Stripe> {
  client ??= gatewayOf(outputs);
  return client;
}

/** Every PaymentIntent that was made for a payment, also those that nobody knows of. */
export async function intentsOf(paymentId: string): Promise<readonly Intent[]> {
  const found = await intentsByPayment(await gateway(), [paymentId]);
  return found.get(paymentId) ?? [];
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

/** Lets the sandbox answer as it should again, whatever was injected before. */
export async function endFaults(): Promise<void> {
  const stripe = await gateway();
  await stripe.rawRequest('DELETE', '/v1/test_helpers/faults');
}
