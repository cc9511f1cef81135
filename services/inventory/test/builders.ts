import { OrderId, type PricedLine, type ReserveRequest, reservationIdOf } from '@shipline/contracts';
import { hold, type Reservation } from '../src/domain/reservation.js';

export const now = new Date('2026-11-23T09:00:30.000Z');
export const later = (minutes: number, from = now) => new Date(from.getTime() + minutes * 60_000);
export const usd = (amount: number) => ({ amount, currency: 'USD' });

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A different order for every number. */
export function orderIdOf(number: number): OrderId {
  let suffix = '';
  for (let rest = number; suffix.length < 26; rest = Math.floor(rest / 32))
    suffix = `${alphabet[rest % 32]}${suffix}`;
  return OrderId.parse(`ord_${suffix}`);
}

export const line = (sku: string, quantity: number): PricedLine => ({
  sku,
  name: `Product ${sku}`,
  unitPrice: usd(100),
  quantity,
  lineTotal: usd(100 * quantity),
});

export function aRequest(number: number, lines = [line('MUG', 1)], over: Partial<ReserveRequest> = {}) {
  const total = usd(lines.reduce((sum, { lineTotal }) => sum + lineTotal.amount, 0));
  return { orderId: orderIdOf(number), bodyHash: 'a'.repeat(64), lines, total, ...over };
}

export function aReservation(number: number, lines = [line('MUG', 1)], at = now): Reservation {
  const { orderId, bodyHash, total } = aRequest(number, lines);
  return hold({ id: reservationIdOf(orderId), orderId, bodyHash, lines, total }, at);
}
