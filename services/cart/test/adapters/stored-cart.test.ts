import { GuestCartToken } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { randomGuestTokens } from '../../src/adapters/random-guest-tokens.js';
import { fromItem, keyOf, toItem } from '../../src/adapters/stored-cart.js';
import { newGuestCart } from '../../src/domain/guest-cart.js';
import { aCart, aToken, line, now } from '../builders.js';

describe('a stored cart', () => {
  it('does not hold the guest’s token anywhere', () => {
    const guestToken = randomGuestTokens();
    const item = JSON.stringify(toItem({ guestToken }, newGuestCart(now)));

    expect(item).not.toContain(guestToken);
    expect(item).not.toContain(guestToken.slice(4));
  });

  it('lies under the hash of the whole token', () => {
    expect(keyOf({ guestToken: aToken('a') }).pk).toMatch(/^GUEST#[0-9a-f]{64}$/);
    expect(keyOf({ guestToken: aToken('a') })).not.toEqual(keyOf({ guestToken: aToken('b') }));
  });

  it('expires by an epoch second, seven days after its last change', () => {
    expect(toItem({ guestToken: aToken() }, newGuestCart(now))).toMatchObject({
      ttl: Date.parse('2026-11-30T09:00:30Z') / 1000,
    });
  });

  it('never expires where it is a customer’s', () => {
    expect(toItem({ customerId: 'ada' }, aCart(3, line('MUG')))).toEqual({
      pk: 'CART#ada',
      version: 3,
      lines: [{ sku: 'MUG', quantity: 1 }],
    });
  });

  it.each([
    ['no version', { lines: [] }],
    ['a quantity that cannot be', { version: 1, lines: [{ sku: 'MUG', quantity: 0 }] }],
    ['a price', { version: 1, lines: [{ sku: 'MUG', quantity: 1, price: 1 }] }],
  ])('is not read with %s', (_, item) => {
    expect(() => fromItem(item)).toThrow();
  });
});

describe('guest tokens', () => {
  it('are what the contract says, each another', () => {
    const tokens = Array.from({ length: 100 }, () => GuestCartToken.parse(randomGuestTokens()));

    expect(new Set(tokens).size).toBe(100);
  });
});
