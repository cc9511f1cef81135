import { describe, expect, it } from 'vitest';
import { secretFindings, secretsIn } from '../../src/release/secrets.js';

/** Put together here, so that the repository holds none. */
const planted = {
  'an access key of AWS': ['AKIA', 'QWERTYUIOPASDFGH'],
  'a secret access key of AWS': ['AWS_SECRET_ACCESS_KEY=', 'wJalrXUtnFEMI', '/K7MDENG/bPxRfiCYzzzzzzzzzz'],
  'a live key of Stripe': ['sk_live_', '51H8abcdefghijklmnopqrstuv'],
  'a token of GitHub': ['ghp_', '0123456789abcdefghijklmnopqrstuvwxyz'],
  'a private key': [
    '-----BEGIN RSA ',
    'PRIVATE KEY-----\n',
    'MIIE'.repeat(60),
    '\n-----END RSA PRIVATE KEY-----',
  ],
};
const exception = { file: 'src/config.ts', finding: 'STRIPE_SECRET_KEY_LIVE', reason: 'Made up.' };
const stripeKey = () => secretsIn('src/config.ts', planted['a live key of Stripe'].join(''));

describe('secret detection', () => {
  it.each(Object.entries(planted))('finds %s, and does not repeat it', async (_, parts) => {
    const findings = secretFindings(await secretsIn('src/config.ts', `// ours\n${parts.join('')}\n`), []);

    expect(findings).toEqual([expect.stringMatching(/^src\/config\.ts:2 looks like a secret \(\w+\)$/)]);
  });

  it('takes an exception for one finding of one file', async () => {
    expect(secretFindings(await stripeKey(), [exception])).toEqual([]);
    expect(secretFindings(await stripeKey(), [{ ...exception, file: 'src/other.ts' }])).toHaveLength(2);
  });

  it('finds an exception in vain', () => {
    expect(secretFindings([], [exception])).toEqual([
      'src/config.ts is excepted in vain (STRIPE_SECRET_KEY_LIVE)',
    ]);
  });
});
