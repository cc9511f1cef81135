import { describe, expect, it } from 'vitest';
import { breaksBetween } from '../../src/contracts/compare.js';
import {
  body,
  type Change,
  captured,
  changed,
  data,
  drop,
  placeOrder,
  published,
  push,
  put,
  reply,
} from './changes.js';

const listOrders = ['api', 'paths', '/api/orders', 'get'];
const sku = [...body, 'properties', 'lines', 'items', 'properties', 'sku'];

describe('contracts of two releases', () => {
  it('agree when nothing has changed', () => {
    expect(breaksBetween(published(), published())).toEqual([]);
  });

  it.each<[string, Change]>([
    ['a route is added', put(['api', 'paths', '/api/vouchers'], { get: { responses: { 200: {} } } })],
    ['an event is added', put(['events', 'voucher.issued.v1'], { type: 'object' })],
    ['an optional field of a request is added', put([...body, 'properties', 'note'], { type: 'string' })],
    ['a field of a reply is added', put([...reply, 'properties', 'eta'], { type: 'string' })],
    ['a field of an event is added', put([...data, 'properties', 'method'], { type: 'string' })],
    ['a request may hold more', put([...body, 'properties', 'lines', 'maxItems'], 50)],
    ['a request needs less', put([...body, 'required'], ['lines'])],
  ])('agree when %s', (_, change) => {
    expect(breaksBetween(published(), changed(change))).toEqual([]);
  });

  it.each<[string, Change, RegExp]>([
    ['a route is removed', drop(['api', 'paths', '/api/orders']), /^POST \/api\/orders is gone/],
    [
      'a field of a reply is removed',
      drop([...reply, 'properties', 'url']),
      /^POST \/api\/orders: url is gone/,
    ],
    [
      'a field of a reply may be absent',
      put([...reply, 'required'], ['orderId', 'status']),
      /^POST \/api\/orders: url is needed on one side/,
    ],
    [
      'a field of a reply has another type',
      put([...reply, 'properties', 'url'], { type: 'object' }),
      /url is object on one side and string on the other/,
    ],
    [
      'a reply has a value that the release before does not know',
      push([...reply, 'properties', 'status', 'enum'], 'lost'),
      /status may be lost, which the other does not know/,
    ],
    [
      'a request needs a field more',
      push([...body, 'required'], 'giftWrap'),
      /giftWrap is needed on one side/,
    ],
    [
      'a request may hold less than before',
      put([...body, 'properties', 'lines', 'maxItems'], 5),
      /lines has the maxItems 5 on one side only/,
    ],
    [
      'a nested field of a request has another shape',
      put([...sku, 'pattern'], '^[0-9]+$'),
      /lines\[\]\.sku has the pattern/,
    ],
    [
      'a nested field of a request is removed',
      drop([...body, 'properties', 'shippingAddress', 'properties', 'line2']),
      /shippingAddress\.line2 is gone/,
    ],
    [
      'a parameter is needed',
      push([...placeOrder, 'parameters'], { name: 'X-Shop', in: 'header', required: true }),
      /the parameter X-Shop is needed now/,
    ],
    [
      'a reply has no body any more',
      drop([...placeOrder, 'responses', '202', 'content']),
      /no longer answers 202 with application\/json/,
    ],
    [
      'a request has no body any more',
      drop([...placeOrder, 'requestBody']),
      /no longer takes application\/json/,
    ],
    [
      'an optional parameter is removed',
      put([...listOrders, 'parameters'], []),
      /the parameter cursor is gone/,
    ],
    ['a success has another status', drop([...placeOrder, 'responses', '202']), /it no longer answers 202/],
    ['an event is removed', drop(captured), /^payment\.captured\.v1 is gone/],
    [
      'a field of an event is removed',
      drop([...data, 'properties', 'amount']),
      /^payment\.captured\.v1: data\.amount is gone/,
    ],
    [
      'an event that waits in a queue lacks a field that is needed now',
      push([...data, 'required'], 'method'),
      /^payment\.captured\.v1: data\.method is needed on one side/,
    ],
  ])('differ when %s', (_, change, reason) => {
    const breaks = breaksBetween(published(), changed(change));

    expect(
      breaks.some((line) => reason.test(line)),
      breaks.join('\n'),
    ).toBe(true);
  });

  it('differ in as many sentences as there are breaks', () => {
    const next = changed(drop(['api', 'paths', '/api/orders/{orderId}/cancel']), drop(captured));

    expect(breaksBetween(published(), next)).toHaveLength(2);
  });
});
