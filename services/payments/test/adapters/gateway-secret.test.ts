import { steppingClock } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { gatewaySecret } from '../../src/adapters/gateway-secret.js';

function setup(...values: (string | undefined)[]) {
  const clock = steppingClock();
  let reads = 0;
  const client = {
    send: async () => ({ SecretString: values[Math.min(reads++, values.length - 1)] }),
  };
  return { clock, secret: gatewaySecret(client as never, 'arn', clock), reads: () => reads };
}
const json = (apiKey: string, webhookSecret?: string) => JSON.stringify({ apiKey, webhookSecret });

describe('the gateway’s secret', () => {
  it('is kept for a minute', async () => {
    const { secret, clock, reads } = setup(json('sk_1'), json('sk_2'));
    expect(await secret.read()).toEqual({ apiKey: 'sk_1' });
    clock.advance(59_999);
    expect(await secret.read()).toEqual({ apiKey: 'sk_1' });
    expect(reads()).toBe(1);

    clock.advance(1);
    expect(await secret.read()).toEqual({ apiKey: 'sk_2' });
  });

  it('is read again when it was rejected, but not for every rejection', async () => {
    const { secret, clock, reads } = setup(json('sk_1'), json('sk_1', 'whsec_1'));
    await secret.read();
    expect(await secret.renew()).toBe(false);
    expect(reads()).toBe(1);

    clock.advance(5_000);
    expect(await secret.renew()).toBe(true);
    expect(await secret.read()).toEqual({ apiKey: 'sk_1', webhookSecret: 'whsec_1' });
    clock.advance(5_000);
    expect(await secret.renew()).toBe(false);
  });

  it.each([undefined, 'not json', '{}', '{"apiKey":""}', '[]'])(
    'is a fault as %s, which is not repeated',
    async (value) => {
      const { secret } = setup(value);

      await expect(secret.read()).rejects.toThrow(
        "The gateway's secret is not JSON {apiKey, webhookSecret?}",
      );
    },
  );
});
