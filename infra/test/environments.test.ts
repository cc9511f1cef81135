import { describe, expect, it } from 'vitest';
import { builtBundles } from '../src/bundles.js';
import { environmentNames } from '../src/environment.js';
import { environment, inputsFrom, placeholderInputs } from '../src/environments.js';

describe('environment', () => {
  it('says how to supply an account that is not known', () => {
    expect(() => environment('dev', inputsFrom({}))).toThrow(
      'No account is known for dev: set SHIPLINE_DEV_ACCOUNT to its 12-digit id.',
    );
  });

  it('refuses something that is no account id', () => {
    const inputs = inputsFrom({ SHIPLINE_STAGING_ACCOUNT: 'staging' });
    expect(() => environment('staging', inputs)).toThrow(
      'SHIPLINE_STAGING_ACCOUNT must be a 12-digit account id.',
    );
  });

  it('says that prod needs the publishable key of Stripe', () => {
    const inputs = inputsFrom({ SHIPLINE_PROD_ACCOUNT: '100000000004' });
    expect(() => environment('prod', inputs)).toThrow('SHIPLINE_STRIPE_PUBLISHABLE_KEY');
  });

  it('lets no release check write where cards are real', () => {
    const prod = environment('prod', placeholderInputs);
    const careless = () => ({ ...prod, release: { ...prod.release, checks: 'all' as const } });

    expect(prod.gateway.kind).toBe('stripe');
    expect(() => environment('prod', placeholderInputs, careless)).toThrow('release checks only read');
  });

  it('needs nothing for the laptop, and follows the port of its cloud', () => {
    const local = environment('local', inputsFrom({ SHIPLINE_CLOUD_PORT: '4900' }));
    expect(local).toMatchObject({
      account: '100000000001',
      shopUrl: 'http://localhost:4901',
      cognitoEndpoint: 'http://127.0.0.1:4900',
      gateway: { kind: 'sandbox', url: 'http://127.0.0.1:4902' },
    });
  });

  it('rehearses every environment in an account of the local cloud, with doors of its own', () => {
    const inputs = inputsFrom({ SHIPLINE_ACCOUNTS: 'local', SHIPLINE_CLOUD_PORT: '4900' });
    const rehearsed = environmentNames.map((name) => environment(name, inputs));
    const doors = rehearsed.flatMap(({ shopUrl, gateway }) => [
      shopUrl,
      gateway.kind === 'sandbox' && gateway.url,
    ]);
    // Four shops, three sandboxes, and `false` for prod, which has none.
    expect(new Set(doors).size).toBe(8);
    expect(new Set(rehearsed.map(({ account }) => account)).size).toBe(4);
    expect(rehearsed.every(({ hostedBy }) => hostedBy === 'local-cloud')).toBe(true);
  });

  it('rehearses with the same speed, checks and protection that AWS gets', () => {
    const rehearsed = environment('prod', inputsFrom({ SHIPLINE_ACCOUNTS: 'local' }));
    const { release, protectsState, functions, alarms } = environment('prod', placeholderInputs);
    expect(rehearsed).toMatchObject({ release, protectsState, functions, alarms });
  });

  it('refuses a port that is none', () => {
    expect(() => inputsFrom({ SHIPLINE_CLOUD_PORT: 'high' })).toThrow('SHIPLINE_CLOUD_PORT must be a port');
  });

  it('mails its alarms to the address that the owner of the clone gives', () => {
    const address = { SHIPLINE_ALARM_ADDRESS: 'ada@shop.example' };
    const inputs = inputsFrom({ ...address, SHIPLINE_DEV_ACCOUNT: '100000000002' });
    expect(environment('dev', inputs).alarmAddress).toBe('ada@shop.example');
    expect(environment('local', inputs)).not.toHaveProperty('alarmAddress');
  });

  it('protects state in staging and prod only', () => {
    const protects = (name: 'local' | 'dev' | 'staging' | 'prod') =>
      environment(name, placeholderInputs).protectsState;
    expect([protects('local'), protects('dev'), protects('staging'), protects('prod')]).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('builtBundles', () => {
  it('says in one sentence that the functions are not built', () => {
    expect(() => builtBundles('/nowhere')('orders', 'api')).toThrow(
      'services/orders has no bundle of its function api: run `pnpm build` first.',
    );
  });
});
