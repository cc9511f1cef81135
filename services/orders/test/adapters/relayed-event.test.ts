import { events } from '@shipline/contracts/events';
import { describe, expect, it } from 'vitest';
import { relayedEvent } from '../../src/adapters/relayed-event.js';
import { toItem } from '../../src/adapters/stored-order.js';
import { advance, applyCapture, applyRefund, applyVoid, type Order } from '../../src/domain/order.js';
import { anOrder, later, orderId, usd } from '../builders.js';

const total = usd(2800);
const at = later(1);
const placed = anOrder({ cartVersion: 3 });
const asked = advance(placed, 'cancel-requested', { at });
const confirmed = applyCapture(placed, total, at);
const cancelling = advance(confirmed, 'cancel-requested', { at });
const relayed = (next: Order, before?: Order) => relayedEvent(toItem(next), before && toItem(before));

describe('the event of a write', () => {
  it.each([
    ['order.cancel-requested.v1', placed, asked],
    ['order.confirmed.v1', placed, confirmed],
    ['order.cancelling.v1', confirmed, cancelling],
    ['order.cancelled.v1', cancelling, applyRefund(cancelling, total, at)],
    ['order.refused.v1', placed, applyVoid(placed, 'card_declined', at)],
    ['order.parked.v1', placed, advance(placed, 'checkout-parked', { at, reason: 'payment_unknown' })],
  ])('is %s', (type, before, after) => {
    const envelope = relayed(after, before)?.envelope;

    expect(envelope).toMatchObject({
      specversion: '1.0',
      type,
      source: 'shipline.orders',
      id: `ORDER#${orderId}#${after.version}`,
      subject: orderId,
      time: at.toISOString(),
      correlationid: 'correlation-1',
    });
    const definition = events.find((event) => event.type === type);
    expect(definition?.data.safeParse(envelope?.data)).toMatchObject({ success: true, data: envelope?.data });
  });

  it('is the same when the stream repeats the write', () => {
    expect(relayed(confirmed, placed)).toEqual(relayed(confirmed, placed));
  });

  it('carries the cart version, and the trace of the request that wrote', () => {
    const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1';

    expect(relayedEvent(toItem(confirmed, header), undefined)).toMatchObject({
      traceHeader: header,
      envelope: { data: { cartVersion: 3, total } },
    });
  });

  it('carries nothing that is only ours', () => {
    expect(JSON.stringify(relayed(confirmed, placed))).not.toMatch(/pm_card|shippingAddress|bodyHash/);
  });
});

describe('no event', () => {
  it('comes of placing, of a restart, of a deletion, of a write that is no new version', () => {
    expect(relayed(placed)).toBeUndefined();
    expect(relayed(advance(placed, 'restarted', { at }), placed)).toBeUndefined();
    expect(relayedEvent(undefined, toItem(placed))).toBeUndefined();
    expect(relayed(confirmed, confirmed)).toBeUndefined();
  });

  it('comes of what cannot be read: the relay stops there', () => {
    expect(() => relayedEvent({ ...toItem(confirmed), status: 'lost' }, undefined)).toThrow();
  });
});
