import { expect, it } from 'vitest';
import { makeLookUpPayment } from '../../src/application/look-up-payment.js';
import type { FactBody } from '../../src/domain/fact.js';
import { authorised, captured, facts, opened, orderId, total } from '../builders.js';
import { InMemoryLedger } from '../fakes/in-memory-ledger.js';

const declined: FactBody = { kind: 'declined', intentId: 'pi_1', reason: 'card_declined' };
const doubt: FactBody = { kind: 'unknown', operation: 'capture', stored: false, attempt: 1 };

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
])('tells of %s', async (_, bodies, known) => {
  const ledger = new InMemoryLedger();
  ledger.seed(orderId, facts(...bodies));

  expect(await makeLookUpPayment({ ledger })({ orderId })).toEqual(known);
});
