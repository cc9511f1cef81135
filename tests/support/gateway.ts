import {
  gatewayOf,
  type Intent,
  intentsByPayment,
  gatewayKey as keyOf,
} from '@shipline/pipeline/shop/gateway';
import type { Fault } from '@shipline/pipeline/shop/gateway-faults';
import * as faults from '@shipline/pipeline/shop/gateway-faults';
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

export type { Fault };

export const newCard = async (number?: string) => faults.newCard(await gateway(), number);

export const inject = async (paymentMethod: string, fault: Fault) =>
  faults.inject(await gateway(), paymentMethod, fault);

export const endFaults = async () => faults.endFaults(await gateway());
