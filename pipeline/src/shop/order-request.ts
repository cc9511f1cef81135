import type { OrderStatus, PlaceOrder } from '@shipline/contracts';
import type { ShopClient } from '@shipline/contracts/client';

export const shippingAddress = {
  name: 'Ada Harbour',
  line1: 'Quay 1',
  postalCode: '20457',
  city: 'Hamburg',
  country: 'DE',
} as const;

/** The sandbox's and Stripe's own test payment methods. */
export const cards = {
  pays: 'pm_card_visa',
  declined: 'pm_card_visa_chargeDeclined',
  insufficientFunds: 'pm_card_visa_chargeDeclinedInsufficientFunds',
  needsChallenge: 'pm_card_authenticationRequired',
} as const;

/** States in which an order rests. */
export const resting: readonly OrderStatus[] = ['confirmed', 'refused', 'cancelled', 'review', 'shipped'];

/** A request for these lines at today's prices. */
export async function orderRequest(
  shop: ShopClient,
  lines: { sku: string; quantity: number }[],
  paymentMethodId: string = cards.pays,
): Promise<PlaceOrder> {
  const products = await Promise.all(lines.map(({ sku }) => shop.getProduct({ params: { sku } })));
  const amount = products.reduce(
    (sum, { price }, index) => sum + price.amount * (lines[index]?.quantity ?? 0),
    0,
  );
  const currency = products[0]?.price.currency ?? 'USD';
  return { lines, expectedTotal: { amount, currency }, paymentMethodId, shippingAddress };
}

/** Units that can be ordered now. */
export async function unitsOf(shop: ShopClient, sku: string): Promise<number> {
  const { items } = await shop.getAvailability({ query: { skus: sku } });
  const found = items.find((item) => item.sku === sku);
  if (!found) throw new Error(`${sku} is not stocked.`);
  return found.available;
}
