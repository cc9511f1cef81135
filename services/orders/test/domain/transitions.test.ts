import { OrderStatus } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { type Facts, type Move, step, triggers } from '../../src/domain/transitions.js';

const flags = [false, true];
const allFacts: Facts[] = flags.flatMap((cancelAsked) =>
  flags.flatMap((paid) => flags.map((closed) => ({ cancelAsked, paid, closed }))),
);
const cases = OrderStatus.options.flatMap((status) =>
  triggers.flatMap((trigger) =>
    allFacts.map((facts) => ({ status, trigger, facts, next: step(status, trigger, facts) })),
  ),
);
const moves = cases.filter(
  (one): one is (typeof cases)[number] & { next: Move } => typeof one.next === 'object',
);
/** A placed order was never paid, a cancelling one always; in review it may have been. */
const wasPaid = (status: OrderStatus, { paid }: Facts) =>
  status === 'cancelling' || (status === 'review' && paid);

describe('the order’s state machine', () => {
  it('has an answer for every status, trigger and fact', () => {
    for (const { status, trigger, next } of cases) expect(next, `${trigger} in ${status}`).toBeDefined();
  });

  it('changes status along these ways only', () => {
    const ways = new Set(
      moves
        .filter(({ status, next }) => status !== next.to)
        .map(({ status, next }) => `${status} -> ${next.to}`),
    );

    expect([...ways].sort()).toEqual([
      'cancelled -> review',
      'cancelling -> cancelled',
      'cancelling -> review',
      'confirmed -> cancelling',
      'confirmed -> review',
      'placed -> cancelled',
      'placed -> cancelling',
      'placed -> confirmed',
      'placed -> refused',
      'placed -> review',
      'refused -> review',
      'review -> cancelled',
      'review -> cancelling',
      'review -> confirmed',
      'review -> refused',
    ]);
  });

  it('never confirms an order whose cancellation was asked for', () => {
    for (const { next, facts } of moves) if (next.to === 'confirmed') expect(facts.cancelAsked).toBe(false);
  });

  it('closes unpaid orders only by a void, and paid ones only by a refund', () => {
    for (const { status, trigger, next, facts } of moves) {
      if (next.to === 'refused') expect(trigger).toBe('payment-voided');
      if (next.to === 'cancelled')
        expect(trigger).toBe(wasPaid(status, facts) ? 'payment-refunded' : 'payment-voided');
    }
  });

  it.each([
    ['confirmed', 'order.confirmed.v1'],
    ['refused', 'order.refused.v1'],
    ['cancelled', 'order.cancelled.v1'],
    ['cancelling', 'order.cancelling.v1'],
  ])('emits, on the way to %s, %s', (to, event) => {
    const emitted = moves.filter(({ next }) => next.to === to).map(({ next }) => next.emits);

    expect(emitted.length).toBeGreaterThan(0);
    expect(new Set(emitted)).toEqual(new Set([event]));
  });

  it('tells somebody about every order that newly needs to be looked at', () => {
    for (const { status, next } of moves)
      if (next.to === 'review' && status !== 'review') expect(next.emits).toBe('order.parked.v1');
  });

  it('refuses nothing but a cancellation that comes too late', () => {
    const refused = cases.filter(({ next }) => next === 'refused');

    expect(new Set(refused.map(({ trigger, status }) => `${trigger} in ${status}`))).toEqual(
      new Set(['cancel-requested in refused', 'cancel-requested in shipped']),
    );
  });

  it('emits nothing when a placed order’s checkout is restarted', () => {
    for (const facts of allFacts)
      expect(step('placed', 'restarted', facts)).toEqual({ to: 'placed', emits: 'nothing' });
  });
});
