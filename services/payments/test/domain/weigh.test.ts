import { describe, expect, it } from 'vitest';
import type { FactBody } from '../../src/domain/fact.js';
import { fold } from '../../src/domain/payment.js';
import { weigh } from '../../src/domain/weigh.js';
import { authorised, captured, facts, opened, refundIdOf, usd } from '../builders.js';

const declined: FactBody = { kind: 'declined', intentId: 'pi_1', reason: 'card_declined' };
const voided: FactBody = { kind: 'voided', intentId: 'pi_1' };
const tombstone: FactBody = { kind: 'voided' };
const request = (number: number, amount: number): FactBody => ({
  kind: 'refund-requested',
  refundId: refundIdOf(number),
  amount: usd(amount),
});
const doubt = (attempt: number, stored: boolean): FactBody => ({
  kind: 'unknown',
  operation: 'create',
  stored,
  attempt,
});

describe('a fact', () => {
  it.each<[string, FactBody[], FactBody, string]>([
    ['opens what nobody opened', [], opened, 'append'],
    ['does not open what was voided', [tombstone], opened, 'known'],
    ['is no tombstone where something was opened', [opened], tombstone, 'known'],
    ['is a tombstone after a create whose outcome is unknown', [doubt(1, false)], tombstone, 'append'],
    ['voids what was opened', [opened], voided, 'append'],
    ['voids what was declined', [opened, declined], voided, 'append'],
    ['authorises what was opened', [opened], authorised, 'append'],
    ['does not authorise what was voided', [opened, voided], authorised, 'known'],
    ['captures what a lost reply left opened', [opened], captured, 'append'],
    ['cannot capture what was voided', [opened, voided], captured, 'impossible'],
    ['cannot void what was captured', [opened, captured], voided, 'impossible'],
    [
      'cannot be about another intent',
      [opened],
      { ...authorised, intentId: 'pi_2' } as FactBody,
      'impossible',
    ],
    ['says the same doubt once', [doubt(1, false)], doubt(1, false), 'known'],
    ['raises the key after a stored 500', [doubt(1, false)], doubt(1, true), 'append'],
    ['asks back a part', [opened, captured, request(1, 1000)], request(2, 1800), 'append'],
    ['does not ask back more than is left', [opened, captured, request(1, 1000)], request(2, 1801), 'known'],
    ['does not ask back nothing', [opened, captured], request(1, 0), 'known'],
    ['cannot ask back what was not captured', [opened, authorised], request(1, 1), 'impossible'],
    [
      'asks again for what failed',
      [
        opened,
        captured,
        request(1, 2800),
        { kind: 'refund-failed', refundId: refundIdOf(1), amount: usd(2800) },
      ],
      request(2, 2800),
      'append',
    ],
  ])('%s', (_, before, fact, verdict) => {
    expect(weigh(fold(facts(...before)), fact)).toBe(verdict);
  });

  it('numbers the next key of a create by the stored 500s so far', () => {
    expect(fold(facts(doubt(1, false))).createAttempt).toBe(1);
    expect(fold(facts(doubt(1, true))).createAttempt).toBe(2);
    expect(fold(facts(doubt(1, true), doubt(2, false), doubt(2, true))).createAttempt).toBe(3);
  });
});
