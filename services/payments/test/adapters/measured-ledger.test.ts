import type { Measurement } from '@shipline/lambda-kit/measurement';
import { describe, expect, it } from 'vitest';
import { MeasuredLedger } from '../../src/adapters/measured-ledger.js';
import type { Fact, FactBody } from '../../src/domain/fact.js';
import { orderId } from '../builders.js';
import { InMemoryLedger } from '../fakes/in-memory-ledger.js';

const fact = (body: FactBody, correlationId = 'correlation-1'): Fact => ({
  sequence: 1,
  at: '2026-11-23T09:00:00.000Z',
  correlationId,
  ...body,
});
const declined: FactBody = { kind: 'declined', intentId: 'pi_1', reason: 'insufficient_funds' };

function setup() {
  const measured: Measurement[] = [];
  return { measured, ledger: new MeasuredLedger(new InMemoryLedger(), (one) => void measured.push(one)) };
}
const metric = (name: string, dimensions: Record<string, string>) => ({
  name,
  value: 1,
  dimensions,
});

describe('the measured ledger', () => {
  it('measures a decline once: whoever comes second appends nothing', async () => {
    const { ledger, measured } = setup();

    expect(await ledger.append(orderId, fact(declined))).toBe('appended');
    expect(await ledger.append(orderId, fact(declined))).toBe('taken');

    expect(await ledger.read(orderId)).toHaveLength(1);
    expect(measured).toEqual([metric('PaymentsDeclined', { reason: 'insufficient_funds' })]);
  });

  it.each<[string, FactBody, unknown[]]>([
    [
      'an intent that the gateway would not open as a decline',
      { kind: 'voided', reason: 'card_expired' },
      [metric('PaymentsDeclined', { reason: 'card_expired' })],
    ],
    ['a void of what was never opened as nothing', { kind: 'voided', reason: 'reservation_gone' }, []],
    ['a void as nothing', { kind: 'voided', intentId: 'pi_1', reason: 'card_declined' }, []],
    [
      'an unknown outcome by what was asked of the gateway',
      { kind: 'unknown', operation: 'capture', stored: false, attempt: 1 },
      [metric('PaymentsUnknown', { operation: 'capture' })],
    ],
  ])('measures %s', async (_, body, expected) => {
    const { ledger, measured } = setup();
    await ledger.append(orderId, fact(body));
    expect(measured).toEqual(expected);
  });

  it('leaves out payments of release checks', async () => {
    const { ledger, measured } = setup();
    await ledger.append(orderId, fact(declined, 'synthetic-d-123'));
    expect(measured).toEqual([]);
  });
});
