import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactBody } from '../../src/domain/fact.js';
import { apply, fold, noPayment, type Payment, refundable, totalRefunded } from '../../src/domain/payment.js';
import { weigh } from '../../src/domain/weigh.js';
import { facts, refundIdOf, usd } from '../builders.js';

const intentId = fc.constantFrom('pi_1', 'pi_2');
const amount = fc.integer({ min: 1, max: 60 }).map(usd);
const refundId = fc.integer({ min: 1, max: 4 }).map(refundIdOf);
const reason = fc.constantFrom('card_declined' as const, 'payment_unknown' as const);
const kind = <K extends FactBody['kind']>(name: K) => fc.constant(name);

const anyFact: fc.Arbitrary<FactBody> = fc.oneof(
  fc.record({ kind: kind('opened'), intentId, amount }),
  fc.record({ kind: kind('authorised'), intentId, amount }),
  fc.record({ kind: kind('declined'), intentId, reason }),
  fc.record({ kind: kind('captured'), intentId, amount }),
  fc.record({ kind: kind('voided') }),
  fc.record({ kind: kind('voided'), intentId, reason }),
  fc.record({ kind: kind('mismatch'), intentId, expected: amount, found: amount }),
  fc.record({
    kind: kind('unknown'),
    operation: fc.constantFrom('create', 'confirm', 'capture', 'void' as const),
    stored: fc.boolean(),
    attempt: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    kind: kind('unknown'),
    operation: fc.constant('refund' as const),
    stored: fc.boolean(),
    attempt: fc.integer({ min: 1, max: 3 }),
    refundId,
  }),
  fc.record({ kind: kind('refund-requested'), refundId, amount }),
  fc.record({ kind: kind('refunded'), refundId, amount, totalRefunded: amount }),
  fc.record({ kind: kind('refund-failed'), refundId, amount }),
);

/** What the ledger would hold, were all of these offered to it in turn. */
const accepted = (offered: readonly FactBody[]): FactBody[] => {
  let payment = noPayment;
  return offered.filter((body) => {
    if (weigh(payment, body) !== 'append') return false;
    const [fact] = facts(body);
    if (fact) payment = apply(payment, { ...fact, sequence: payment.sequence + 1 });
    return true;
  });
};
// Mostly the way of a checkout, so that refunds are reached.
const ledgers = fc
  .tuple(
    fc.constantFrom<FactBody[][]>(
      [],
      [
        { kind: 'opened', intentId: 'pi_1', amount: usd(50) },
        { kind: 'captured', intentId: 'pi_1', amount: usd(50) },
      ],
    ),
    fc.array(anyFact, { maxLength: 25 }),
  )
  .map(([start, rest]) => accepted([...start, ...rest]));

const holds = (property: (bodies: FactBody[], payment: Payment) => void) =>
  fc.assert(
    fc.property(ledgers, (bodies) => property(bodies, fold(facts(...bodies)))),
    { numRuns: 2_000 },
  );

describe('any ledger', () => {
  it('never holds both a capture and a void, nor two of either', () => {
    holds((bodies) => {
      const closings = bodies.filter(({ kind }) => kind === 'captured' || kind === 'voided');
      expect(closings.length).toBeLessThanOrEqual(1);
    });
  });

  it('knows one intent only', () => {
    holds((bodies) => {
      const intents = bodies.flatMap((body) => ('intentId' in body && body.intentId ? [body.intentId] : []));
      expect(new Set(intents).size).toBeLessThanOrEqual(1);
    });
  });

  it('never asks back more than was captured', () => {
    holds((_bodies, payment) => {
      expect(refundable(payment)).toBeGreaterThanOrEqual(0);
      expect(totalRefunded(payment)).toBeLessThanOrEqual(payment.captured?.amount ?? 0);
    });
  });

  it('says the same after each fact as its fold from the start', () => {
    holds((bodies, payment) => {
      const all = facts(...bodies);
      expect(all.reduce(apply, noPayment)).toEqual(payment);
      expect(payment.sequence).toBe(all.length);
    });
  });

  it('takes no fact twice, but for a refund that bounces', () => {
    holds((bodies, payment) => {
      const last = bodies.at(-1);
      if (last) expect(weigh(payment, last)).not.toBe('append');
    });
  });

  it('is not moved by doubt: without its unknown facts it has the same status', () => {
    holds((bodies, payment) => {
      const certain = fold(facts(...bodies.filter((body) => body.kind !== 'unknown')));
      expect(certain.status).toBe(payment.status);
      expect(certain.captured).toEqual(payment.captured);
    });
  });
});
