import { OrderId, type PlaceOrder, type PricedLine } from '@shipline/contracts';
import { type NewOrder, type Order, place } from '../src/domain/order.js';

export const orderId = OrderId.parse('ord_01JZ8QK3T5V7X9BCDEFGHJKMNP');
export const customerId = '6a5d1f9e-7b1c-4a0e-9c53-2f3d8a7b6c41';
export const now = new Date('2026-11-23T09:00:00.000Z');
export const later = (minutes: number, from = now) => new Date(from.getTime() + minutes * 60_000);
export const usd = (amount: number) => ({ amount, currency: 'USD' });

export const mugs: PricedLine = {
  sku: 'MUG-CANARY',
  name: 'Canary mug',
  unitPrice: usd(1400),
  quantity: 2,
  lineTotal: usd(2800),
};

export function aNewOrder(over: Partial<NewOrder> = {}): NewOrder {
  return {
    id: orderId,
    customerId,
    bodyHash: 'a'.repeat(64),
    lines: [mugs],
    total: usd(2800),
    paymentMethodId: 'pm_card_visa',
    shippingAddress: aRequest().shippingAddress,
    correlationId: 'correlation-1',
    ...over,
  };
}

export const anOrder = (over: Partial<NewOrder> = {}, at = now): Order => place(aNewOrder(over), at);

export function aRequest(over: Partial<PlaceOrder> = {}): PlaceOrder {
  return {
    lines: [{ sku: 'MUG-CANARY', quantity: 2 }],
    expectedTotal: usd(2800),
    paymentMethodId: 'pm_card_visa',
    shippingAddress: {
      name: 'Ada Lovelace',
      line1: 'Quay 1',
      postalCode: '20457',
      city: 'Hamburg',
      country: 'DE',
    },
    ...over,
  };
}
