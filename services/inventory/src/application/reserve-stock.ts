import { type ReserveReply, type ReserveRequest, reservationIdOf, type Sku } from '@shipline/contracts';
import { backoff } from '../domain/backoff.js';
import { hold, type Reservation } from '../domain/reservation.js';
import type { Patience } from '../ports/patience.js';
import type { Reservations, Stock } from '../ports/reservations.js';

export type ReserveStock = (request: ReserveRequest) => Promise<ReserveReply>;

const ATTEMPTS = 6;

/**
 * Sets stock aside for an order, all lines or none. The same request again finds the same reservation; a
 * refusal is a value, so that the function's errors count faults only.
 */
export const makeReserveStock =
  ({
    reservations,
    stock,
    patience,
    now,
  }: {
    reservations: Reservations;
    stock: Stock;
    patience: Patience;
    now: () => Date;
  }): ReserveStock =>
  async ({ orderId, bodyHash, lines, total }) => {
    const reservation = hold({ id: reservationIdOf(orderId), orderId, bodyHash, lines, total }, now());
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const outcome = await reservations.add(reservation);
      if (outcome === 'added') return reserved(reservation);
      if (outcome === 'exists') return answerAgain(await found(reservations, reservation), bodyHash);
      if (outcome === 'short') {
        // A condition can fail on units that are being given back at this moment: only a strong read decides.
        const skus = await tooFew(stock, reservation);
        if (skus.length > 0) return { refused: { code: 'SOLD_OUT', skus } };
      }
      if (attempt < ATTEMPTS - 1) await patience.sleep(backoff(attempt, patience.random));
    }
    return { refused: { code: 'STOCK_BUSY' } };
  };

const reserved = ({ id, expiresAt, lines, total }: Reservation): ReserveReply => ({
  reserved: { reservationId: id, expiresAt: expiresAt.toISOString(), lines: [...lines], total },
});

function answerAgain(existing: Reservation, bodyHash: string): ReserveReply {
  if (existing.bodyHash !== bodyHash) return { refused: { code: 'BODY_MISMATCH' } };
  return existing.state === 'held' ? reserved(existing) : { refused: { code: 'RESERVATION_CLOSED' } };
}

async function found(reservations: Reservations, { id }: Reservation): Promise<Reservation> {
  const existing = await reservations.find(id);
  if (!existing) throw new Error(`reservation ${id} exists and cannot be found`);
  return existing;
}

async function tooFew(stock: Stock, { lines }: Reservation): Promise<Sku[]> {
  const free = await stock.freeUnits(
    lines.map(({ sku }) => sku),
    { strong: true },
  );
  return lines.filter(({ sku, quantity }) => (free.get(sku) ?? 0) < quantity).map(({ sku }) => sku);
}
