import { steppingClock } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { merchantKeys } from '../../src/adapters/merchant-secret.js';

function setup() {
  const secret = { apiKey: 'first-key-0001' };
  const clock = steppingClock();
  let reads = 0;
  const isMerchantKey = merchantKeys(async () => {
    reads += 1;
    return JSON.stringify(secret);
  }, clock);
  return { secret, clock, isMerchantKey, reads: () => reads };
}

describe('the merchant’s key', () => {
  it('is read once and compared as a whole', async () => {
    const { isMerchantKey, reads } = setup();

    expect(await isMerchantKey('first-key-0001')).toBe(true);
    expect(await isMerchantKey('first-key-000')).toBe(false);
    expect(await isMerchantKey('first-key-00012')).toBe(false);
    expect(reads()).toBe(1);
  });

  it('is read again for an unknown key, but not for each guess', async () => {
    const { isMerchantKey, secret, clock, reads } = setup();
    await isMerchantKey('first-key-0001');
    secret.apiKey = 'second-key-0002';
    clock.advance(6_000);

    expect(await isMerchantKey('second-key-0002')).toBe(true);
    for (const guess of ['a', 'b', 'c']) expect(await isMerchantKey(guess)).toBe(false);
    expect(reads()).toBe(2);
  });

  it('is believed for some minutes only', async () => {
    const { isMerchantKey, secret, clock } = setup();
    await isMerchantKey('first-key-0001');
    secret.apiKey = 'second-key-0002';
    clock.advance(5 * 60_000);

    expect(await isMerchantKey('first-key-0001')).toBe(false);
  });

  it('fails where the secret has no key', async () => {
    const isMerchantKey = merchantKeys(
      async () => '{"apiKey":""}',
      () => new Date(0),
    );

    await expect(isMerchantKey('')).rejects.toThrow();
  });
});
