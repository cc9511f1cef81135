import { describe, expect, it, vi } from 'vitest';
import { emptyAddress, loadDraft, parseAddress, saveDraft } from '../src/checkout/shipping-address.js';
import { RuntimeConfig } from '../src/config.js';
import type { Auth } from '../src/session/auth.js';
import { forgetfulAuth } from '../src/session/forgetful-auth.js';
import { nextPage } from '../src/session/next-page.js';
import { memoryStorage } from './memory-storage.js';

const address = {
  name: 'Ada Lovelace',
  line1: '12 Quay Street',
  line2: '',
  postalCode: '20457',
  city: 'Hamburg',
  country: 'DE',
};

describe('the address form', () => {
  it('leaves out the second line when it is empty', () => {
    const { line2: _, ...rest } = address;
    expect(parseAddress(address)).toEqual({ address: rest });
    expect(parseAddress({ ...address, line2: 'Deck 3' })).toEqual({ address: { ...rest, line2: 'Deck 3' } });
  });

  it('has a sentence for every field that is missing', () => {
    const parsed = parseAddress(emptyAddress);
    expect(Object.keys('errors' in parsed ? parsed.errors : {}).sort()).toEqual(
      Object.keys(emptyAddress)
        .filter((field) => field !== 'line2')
        .sort(),
    );
  });

  it('does not let a card number out of the card form', () => {
    for (const field of ['name', 'line1', 'line2', 'city'] as const)
      expect(parseAddress({ ...address, [field]: '4242 4242 4242 4242' })).toHaveProperty(`errors.${field}`);
  });

  it('survives a reload, whatever the storage holds', () => {
    const storage = memoryStorage();
    saveDraft(storage, 'ada', address);
    expect(loadDraft(storage, 'ada')).toEqual(address);
    for (const kept of ['not json', 'null', '{"name":7}', '{"customerId":"ada","draft":{"name":7}}'])
      expect(loadDraft(memoryStorage({ 'shipline.address-draft': kept }), 'ada')).toEqual(emptyAddress);
  });

  it('is empty for whoever signs in next in the same tab', () => {
    const storage = memoryStorage();
    saveDraft(storage, 'ada', address);
    expect(loadDraft(storage, 'grace')).toEqual(emptyAddress);
  });

  it('leaves no address in the tab after a sign-out, and keeps it where the sign-out failed', async () => {
    const storage = memoryStorage();
    saveDraft(storage, 'ada', address);
    const signOut = vi.fn(async () => {});
    const auth = forgetfulAuth({ signOut } as unknown as Auth, storage);

    signOut.mockRejectedValueOnce(new Error('offline'));
    await expect(auth.signOut()).rejects.toThrow('offline');
    expect(loadDraft(storage, 'ada')).toEqual(address);
    await auth.signOut();
    expect(storage).toHaveLength(0);
  });
});

describe('the page after signing in', () => {
  it.each([
    ['/checkout', '/checkout'],
    ['/?category=mugs', '/?category=mugs'],
    ['https://evil.test', '/'],
    ['//evil.test', '/'],
    ['/\\evil.test', '/'],
    ['javascript:alert(1)', '/'],
  ])('for %s is %s', (next, page) => {
    expect(nextPage(new URLSearchParams({ next }))).toBe(page);
  });
});

describe('the runtime config', () => {
  const config = {
    environment: 'prod',
    region: 'us-east-1',
    userPoolId: 'us-east-1_abc',
    userPoolClientId: 'client',
    gateway: { scriptUrl: 'https://js.stripe.com/dahlia/stripe.js', publishableKey: 'pk_live_1' },
  };

  it('needs no endpoint of Cognito where AWS has its own', () => {
    expect(RuntimeConfig.parse(config)).toEqual(config);
  });

  it.each(['region', 'userPoolId', 'userPoolClientId', 'gateway'])('is refused without %s', (name) => {
    expect(RuntimeConfig.safeParse({ ...config, [name]: undefined }).success).toBe(false);
  });
});
