import type { SecretException } from './secrets.js';

/** What looks like a secret in the repository and is none. */
export const secretExceptions: readonly SecretException[] = [
  {
    file: 'services/payment-sandbox/test/adapters/webhook-addresses.test.ts',
    finding: 'BasicAuth',
    reason: 'An address with a made-up password, which the sandbox must refuse.',
  },
];
