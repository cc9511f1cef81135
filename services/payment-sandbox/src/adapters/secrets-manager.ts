import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientDefaults } from '@shipline/lambda-kit/client-defaults';
import { traceable } from '@shipline/lambda-kit/traceable';
import type { ReadSecret } from './merchant-secret.js';

/** Reads a secret of Secrets Manager, each time anew. */
export function secretOf(secretArn: string): ReadSecret {
  const client = traceable(new SecretsManagerClient(clientDefaults()));
  return async () => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return SecretString;
  };
}
