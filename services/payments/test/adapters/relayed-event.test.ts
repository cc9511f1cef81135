import { envelopeOf, events } from '@shipline/contracts/events';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { relayedEvent } from '../../src/adapters/relayed-event.js';
import { toItem } from '../../src/adapters/stored-fact.js';
import type { FactBody } from '../../src/domain/fact.js';
import { authorised, captured, facts, opened, orderId, paymentId, refundIdOf, total } from '../builders.js';

const refund = { refundId: refundIdOf(1), amount: total };
const payment = { orderId, paymentId };
const itemOf = (body: FactBody, trace?: string) => {
  const [, second] = facts(opened, body);
  if (!second) throw new TypeError('no fact');
  return toItem(orderId, second, trace);
};

describe('a new fact', () => {
  it.each<[FactBody, string, object]>([
    [captured, 'payment.captured.v1', { ...payment, amount: total }],
    [{ kind: 'voided' }, 'payment.voided.v1', payment],
    [
      { kind: 'voided', intentId: 'pi_1', reason: 'card_expired' },
      'payment.voided.v1',
      { ...payment, reason: 'card_expired' },
    ],
    [{ kind: 'refund-requested', ...refund }, 'payment.refund-requested.v1', { ...payment, ...refund }],
    [
      { kind: 'refunded', ...refund, totalRefunded: total },
      'payment.refunded.v1',
      { ...payment, ...refund, totalRefunded: total },
    ],
    [{ kind: 'refund-failed', ...refund }, 'payment.refund-failed.v1', { ...payment, ...refund }],
  ])('%j is published as %s', (body, type, data) => {
    const event = relayedEvent(itemOf(body, 'Root=1-2-3'), undefined);

    expect(event).toMatchObject({
      traceHeader: 'Root=1-2-3',
      envelope: { id: `PAY#${orderId}#0002`, type, source: 'shipline.payments', subject: orderId, data },
    });
    const definition = events.find((candidate) => candidate.type === type);
    if (!definition) throw new TypeError(`no such event: ${type}`);
    expect(z.safeParse(envelopeOf(definition as never), event?.envelope).success).toBe(true);
  });

  it.each<FactBody>([
    opened,
    authorised,
    { kind: 'declined', intentId: 'pi_1', reason: 'card_declined' },
    { kind: 'unknown', operation: 'capture', stored: false, attempt: 1 },
    { kind: 'mismatch', intentId: 'pi_1', expected: total, found: total },
  ])('%j is nobody else’s business', (body) => {
    expect(relayedEvent(itemOf(body), undefined)).toBeUndefined();
  });

  it('is published when it is inserted, and not when somebody touches or removes it', () => {
    expect(relayedEvent(itemOf(captured), itemOf(captured))).toBeUndefined();
    expect(relayedEvent(undefined, itemOf(captured))).toBeUndefined();
  });

  it('must be a fact', () => {
    expect(() => relayedEvent({ pk: `PAY#${orderId}`, sk: '0001' }, undefined)).toThrow();
  });
});
