import { contract } from '@shipline/testing/contract';
import { expect, it } from 'vitest';
import type { Fact, FactBody } from '../../src/domain/fact.js';
import type { Ledger } from '../../src/ports/ledger.js';
import { captured, correlationId, facts, opened, orderId, orderIdOf, refundIdOf, usd } from '../builders.js';

/** What every ledger must do, the fake and DynamoDB alike. */
export const describeLedger = contract<Ledger>('a ledger', (ledger) => {
  const write = async (...all: Fact[]) => {
    for (const fact of all) expect(await ledger().append(orderId, fact)).toBe('appended');
  };

  it('knows nothing of an order that it was never told of', async () => {
    expect(await ledger().read(orderId)).toEqual([]);
  });

  it('reads back every kind of fact as it was written, in order', async () => {
    const amount = usd(100);
    const refund = { refundId: refundIdOf(1), amount };
    const all: FactBody[] = [
      { kind: 'unknown', operation: 'create', stored: true, attempt: 1 },
      opened,
      { kind: 'mismatch', intentId: 'pi_1', expected: usd(1), found: usd(2) },
      { kind: 'authorised', intentId: 'pi_1', amount },
      { kind: 'declined', intentId: 'pi_1', reason: 'card_declined' },
      captured,
      { kind: 'voided' },
      { kind: 'voided', intentId: 'pi_1', reason: 'card_expired' },
      { kind: 'refund-requested', ...refund },
      { kind: 'unknown', operation: 'refund', stored: false, attempt: 1, refundId: refundIdOf(1) },
      { kind: 'refunded', ...refund, totalRefunded: amount },
      { kind: 'refund-failed', ...refund },
    ];
    await write(...facts(...all));

    expect(await ledger().read(orderId)).toEqual(facts(...all));
  });

  it('keeps the first of two facts with the same sequence', async () => {
    const [first] = facts(opened);
    const [second] = facts({ kind: 'voided' });
    if (!first || !second) throw new TypeError('no facts');
    await write(first);

    expect(await ledger().append(orderId, second)).toBe('taken');
    expect(await ledger().read(orderId)).toEqual([first]);
  });

  it('lets exactly one of twenty writers have a sequence', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        ledger().append(orderId, {
          sequence: 1,
          at: '2026-11-23T09:00:00.000Z',
          correlationId,
          kind: 'opened',
          intentId: `pi_${number}`,
          amount: usd(1),
        }),
      ),
    );

    expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1);
    expect(await ledger().read(orderId)).toHaveLength(1);
  });

  it('keeps orders apart', async () => {
    await write(...facts(opened));

    expect(await ledger().read(orderIdOf(8))).toEqual([]);
  });

  it('reads more than a page in order', async () => {
    const doubt: FactBody = { kind: 'unknown', operation: 'create', stored: false, attempt: 1 };
    const many = facts(...Array.from({ length: 30 }, () => doubt));
    await write(...many);

    expect((await ledger().read(orderId)).map(({ sequence }) => sequence)).toEqual(
      many.map(({ sequence }) => sequence),
    );
  });
});
