import { describe, expect, it } from 'vitest';
import { contradictions, type Story } from '../src/shop/consistency.js';

const order = (status: 'confirmed' | 'refused' | 'cancelled') =>
  ({ orderId: 'ord_1', status, total: { amount: 1_200, currency: 'USD' } }) as never;
const paid = { status: 'succeeded', amount_received: 1_200, refunded: 0 } as const;
const confirmed: Story = { reservation: 'committed', ledger: ['opened', 'captured'], intents: [paid] };
const closed: Story = { reservation: 'released', ledger: [], intents: [] };

describe('what is known of an order', () => {
  it('agrees with one that is confirmed, refused, or refunded', () => {
    expect(contradictions(order('confirmed'), confirmed)).toEqual([]);
    expect(contradictions(order('refused'), closed)).toEqual([]);
    const refunded = { ...closed, reservation: 'returned', intents: [{ ...paid, refunded: 1_200 }] };
    expect(contradictions(order('cancelled'), refunded)).toEqual([]);
  });

  it.each<[string, Partial<Story>, string]>([
    ['pays twice', { intents: [paid, paid] }, 'it was paid 2 times'],
    ['pays too little', { intents: [{ ...paid, amount_received: 1 }] }, '1 of 1200 were received'],
    [
      'keeps money blocked',
      { intents: [paid, { ...paid, status: 'requires_capture', amount_received: 0 }] },
      'money is blocked on the card',
    ],
    ['has only reserved its stock', { reservation: 'held' }, 'its stock is held'],
    ['is not in the ledger', { ledger: ['opened'] }, 'the ledger knows of no capture'],
  ])('contradicts a confirmed order that %s', (_, more, otherwise) => {
    expect(contradictions(order('confirmed'), { ...confirmed, ...more })).toContain(
      `ord_1 is confirmed, and ${otherwise}`,
    );
  });

  it('contradicts a closed order that keeps its stock, or the money', () => {
    const kept = { ...closed, reservation: 'committed', intents: [paid] };

    expect(contradictions(order('refused'), kept)).toEqual([
      'ord_1 is refused, and its stock is committed',
      'ord_1 is refused, and 0 of 1200 were refunded',
    ]);
  });
});
