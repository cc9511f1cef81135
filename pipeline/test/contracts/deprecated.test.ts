import { describe, expect, it } from 'vitest';
import { breaksBetween } from '../../src/contracts/compare.js';
import {
  body,
  type Change,
  captured,
  changed,
  data,
  drop,
  type Path,
  partAt,
  placeOrder,
  published,
  put,
  reply,
} from './changes.js';

describe('what the live release has marked deprecated', () => {
  const mark = (path: Path): Change => put([...path, 'deprecated'], true);
  const optional =
    (path: Path, name: string): Change =>
    (contracts) => {
      const schema = partAt(contracts, path);
      schema['required'] = (schema['required'] as string[]).filter((one) => one !== name);
    };
  const both =
    (...changes: Change[]): Change =>
    (contracts) => {
      for (const change of changes) change(contracts);
    };
  const orderQuery = ['api', 'paths', '/api/orders', 'get', 'parameters'];
  const cursor = [...orderQuery, '0'];
  const dropCursor: Change = (contracts) => {
    (partAt(contracts, orderQuery) as unknown as unknown[]).shift();
  };
  const dropUrl = both(drop([...reply, 'properties', 'url']), optional(reply, 'url'));
  const dropAmount = both(drop([...data, 'properties', 'amount']), optional(data, 'amount'));
  const line2 = [...body, 'properties', 'shippingAddress', 'properties', 'line2'];

  const retired: [string, Change, Change][] = [
    ['a route', mark(placeOrder), drop(placeOrder)],
    ['a parameter', mark(cursor), dropCursor],
    ['a field of a request that may be left out', mark(line2), drop(line2)],
    ['a field of a reply', mark([...reply, 'properties', 'url']), dropUrl],
    ['a field of an event', mark([...data, 'properties', 'amount']), dropAmount],
    ['an event', mark(captured), drop(captured)],
  ];

  it.each(retired)('may be gone in the next one: %s', (_, marked, removed) => {
    expect(breaksBetween(published(), changed(marked))).toEqual([]);
    expect(breaksBetween(changed(marked), changed(removed))).toEqual([]);
  });

  it.each(retired)('is not what the next one marks and removes at once: %s', (_, __, removed) => {
    expect(breaksBetween(published(), changed(removed)).join()).toMatch(/ is gone/);
  });

  it('may be there at times', () => {
    const marked = changed(mark([...reply, 'properties', 'url']), mark([...data, 'properties', 'amount']));

    expect(breaksBetween(marked, changed(optional(reply, 'url'), optional(data, 'amount')))).toEqual([]);
  });

  it.each<[string, Path, string]>([
    ['a request', [...body, 'properties', 'shippingAddress'], 'line2'],
    ['an event', data, 'method'],
  ])('is not what the next one marks and needs at once in %s', (_, path, name) => {
    const field: Change = put([...path, 'properties', name], { type: 'string', deprecated: true });
    const need: Change = (contracts) => {
      (partAt(contracts, path)['required'] as string[]).push(name);
    };

    expect(breaksBetween(published(), changed(field, need)).join()).toMatch(`${name} is needed on one side`);
  });

  it('goes on as it was while it is there', () => {
    const url = [...reply, 'properties', 'url'];

    expect(breaksBetween(changed(mark(url)), changed(put(url, { type: 'integer' })))).toHaveLength(1);
  });

  it.each<[string, Change, Change, RegExp]>([
    [
      'a request must still have it: those who no longer send it meet the live one',
      mark([...body, 'properties', 'paymentMethodId']),
      both(drop([...body, 'properties', 'paymentMethodId']), optional(body, 'paymentMethodId')),
      /paymentMethodId is gone, and still needed on the other side/,
    ],
    [
      'a call must still have that parameter',
      both(mark(cursor), put([...cursor, 'required'], true)),
      dropCursor,
      /the parameter cursor is gone/,
    ],
    [
      'an event that waits in a queue has it, and is refused with it',
      mark([...data, 'properties', 'amount', 'properties', 'currency']),
      both(
        drop([...data, 'properties', 'amount', 'properties', 'currency']),
        optional([...data, 'properties', 'amount'], 'currency'),
      ),
      /data\.amount\.currency is gone, and refused where it is still written/,
    ],
    [
      'something beside it is gone as well',
      mark([...data, 'properties', 'amount']),
      both(dropAmount, drop([...data, 'properties', 'paymentId'])),
      /^payment\.captured\.v1: data\.paymentId is gone$/,
    ],
  ])('may not be gone where %s', (_, marked, removed, reason) => {
    expect(breaksBetween(changed(marked), changed(removed))).toEqual([expect.stringMatching(reason)]);
  });
});
