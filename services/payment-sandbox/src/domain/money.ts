import { GatewayError } from './gateway-error.js';

/** Stripe's minimum charges, smallest units: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const minimum: Readonly<Record<string, number>> = {
  usd: 50,
  eur: 50,
  chf: 50,
  cad: 50,
  aud: 50,
  gbp: 30,
  sek: 300,
  nok: 300,
  dkk: 250,
  jpy: 50,
  pln: 200,
  czk: 1500,
};
const MAXIMUM = 99_999_999;

/** @throws {GatewayError} for an unknown currency and for amounts that Stripe would not charge. */
export function checkAmount(amount: number, currency: string): void {
  const least = minimum[currency];
  if (least === undefined)
    throw new GatewayError('parameter_invalid', {
      message: `Invalid currency: ${currency}. The sandbox knows ${Object.keys(minimum).join(', ')}.`,
      param: 'currency',
    });
  if (amount < least)
    throw new GatewayError('amount_too_small', {
      message: `Amount must be at least ${least} ${currency}, in the currency's smallest unit.`,
      param: 'amount',
    });
  if (amount > MAXIMUM)
    throw new GatewayError('amount_too_large', {
      message: `Amount must be no more than ${MAXIMUM} ${currency}, in the currency's smallest unit.`,
      param: 'amount',
    });
}
