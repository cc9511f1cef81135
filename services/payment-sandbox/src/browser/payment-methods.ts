import { type CardInput, digitsOf, expiryOf } from './card-rules.js';
import type { GatewayError } from './protocol.js';

type Outcome = { paymentMethod: { id: string } } | { error: GatewayError };

const unreachable: GatewayError = {
  type: 'api_connection_error',
  message: 'The card company cannot be reached. Check your connection and try again.',
};
const unclear: GatewayError = { type: 'api_error', message: 'The card could not be checked. Try again.' };

/** Sends the card in Stripe's form-encoded wire to the API beside this document. */
export async function createPaymentMethod(
  { number, expiry, cvc }: CardInput,
  publishableKey: string,
): Promise<Outcome> {
  const { month, year } = expiryOf(expiry) ?? { month: 0, year: 0 };
  const body = new URLSearchParams({
    type: 'card',
    'card[number]': digitsOf(number),
    'card[exp_month]': String(month),
    'card[exp_year]': String(year),
    'card[cvc]': digitsOf(cvc),
  });
  try {
    const response = await fetch(new URL('payment_methods', location.href), {
      method: 'POST',
      headers: { authorization: `Bearer ${publishableKey}` },
      body,
      signal: AbortSignal.timeout(20_000),
    });
    return outcomeOf(await response.json());
  } catch {
    return { error: unreachable };
  }
}

function outcomeOf(reply: unknown): Outcome {
  if (typeof reply !== 'object' || reply === null) return { error: unclear };
  if ('id' in reply && typeof reply.id === 'string') return { paymentMethod: { id: reply.id } };
  return { error: 'error' in reply ? (reply.error as GatewayError) : unclear };
}
