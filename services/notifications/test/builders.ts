import type { PricedLine } from '@shipline/contracts';
import { orderCancelled, orderConfirmed, orderRefused } from '@shipline/contracts/events';

export const now = new Date('2026-11-23T09:00:30.500Z');
export const shopUrl = 'https://shop.example';
export const usd = (amount: number) => ({ amount, currency: 'USD' });
export const aMail = { subject: 'Hello', text: 'Hello there', html: '<p>Hello there</p>' };

export const aLine = (name: string, over: Partial<PricedLine> = {}): PricedLine => ({
  sku: 'MUG-CANARY',
  name,
  unitPrice: usd(1400),
  quantity: 2,
  lineTotal: usd(2800),
  ...over,
});

const time = '2026-11-23T23:59:59.000Z';
export const confirmed = { ...orderConfirmed.example, time };
export const refused = { ...orderRefused.example, time };
export const cancelled = { ...orderCancelled.example, time };
