import { expect, it } from 'vitest';
import { makeLookUpPayment } from '../../src/application/look-up-payment.js';
import type { FactBody } from '../../src/domain/fact.js';
import { authorised, captured, facts, opened, orderId, refundIdOf, total, usd } from '../builders.js';
import { InMemoryLedger } from '../fakes/in-memory-ledger.js';

const declined: FactBody = { kind: 'declined', intentId: 'pi_1', reason: 'card_declined' };
const doubt: FactBody = { kind: 'unknown', operation: 'capture', stored: false, attempt: 1 };
const asked = (number: number, amount: number): FactBody => ({
  kind: 'refund-requested',
  refundId: refundIdOf(number),
  amount: usd(amount),
});
const refunded = (number: number, amount: number, totalRefunded = amount): FactBody => ({
  kind: 'refunded',
  refundId: refundIdOf(number),
  amount: usd(amount),
  totalRefunded: usd(totalRefunded),
});
const refundFailed: FactBody = { kind: 'refund-failed', refundId: refundIdOf(1), amount: total };
const paid = [opened, authorised, captured];

it.each<[string, FactBody[], object]>([
  ['nothing', [], { state: 'none' }],
  ['an opened payment', [opened], { state: 'opened' }],
  ['an authorised one', [opened, authorised], { state: 'authorised' }],
  ['a declined one, which is still to be voided', [opened, declined], { state: 'opened' }],
  ['what was captured', [opened, authorised, captured], { state: 'captured', amount: total }],
  ['a tombstone', [{ kind: 'voided' }], { state: 'voided' }],
  [
    'why it was voided',
    [opened, declined, { kind: 'voided', intentId: 'pi_1', reason: 'card_declined' }],
    { state: 'voided', reason: 'card_declined' },
  ],
  ['a doubt', [opened, authorised, doubt], { state: 'unknown' }],
  ['no doubt that was resolved', [opened, authorised, doubt, captured], { state: 'captured', amount: total }],
  [
    'a refund that is under way',
    [...paid, asked(1, 2800)],
    { state: 'captured', amount: total, refundPending: true },
  ],
  ['a part that went back', [...paid, asked(1, 800), refunded(1, 800)], { state: 'captured', amount: total }],
  ['all that went back', [...paid, asked(1, 2800), refunded(1, 2800)], { state: 'refunded', amount: total }],
  [
    'all that went back in parts',
    [...paid, asked(1, 800), refunded(1, 800), asked(2, 2000), refunded(2, 2000, 2800)],
    { state: 'refunded', amount: total },
  ],
  [
    'a part that went back while another is under way',
    [...paid, asked(1, 800), refunded(1, 800), asked(2, 2000)],
    { state: 'captured', amount: total, refundPending: true },
  ],
  ['a refund that failed', [...paid, asked(1, 2800), refundFailed], { state: 'captured', amount: total }],
  [
    'a refund that failed after it went through',
    [...paid, asked(1, 2800), refunded(1, 2800), refundFailed],
    { state: 'captured', amount: total },
  ],
])('tells of %s', async (_, bodies, known) => {
  const ledger = new InMemoryLedger();
  ledger.seed(orderId, facts(...bodies));

  expect(await makeLookUpPayment({ ledger })({ orderId })).toEqual(known);
});
