import type Stripe from 'stripe';

export interface Fault {
  readonly operation: 'create' | 'confirm' | 'capture' | 'cancel' | 'refund' | 'retrieve' | 'list';
  /** `lost`: done, no reply. `error`: not done, a 500. `duplicate`: done twice. `slow`: done, late reply. */
  readonly kind: 'lost' | 'slow' | 'error' | 'duplicate' | 'fail';
  readonly times?: number;
}

/** A payment method of its own for a card number, so that a fault can be aimed at one order. */
export async function newCard(gateway: Stripe, number = '4242424242424242'): Promise<string> {
  const { id } = await gateway.paymentMethods.create({
    type: 'card',
    card: { number, exp_month: 12, exp_year: new Date().getFullYear() + 2, cvc: '123' },
  });
  return id;
}

/** Makes the sandbox fail for one payment method. */
export async function inject(
  gateway: Stripe,
  paymentMethod: string,
  { times = 1, ...fault }: Fault,
): Promise<void> {
  await gateway.rawRequest('POST', '/v1/test_helpers/faults', {
    ...fault,
    times,
    match: { payment_method: paymentMethod },
  });
}

/** Lets the sandbox answer as it should again, whatever was injected before. */
export async function endFaults(gateway: Stripe): Promise<void> {
  await gateway.rawRequest('DELETE', '/v1/test_helpers/faults');
}
