import { randomUUID } from 'node:crypto';
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CognitoCustomers } from '../../src/adapters/cognito-customers.js';

/** Shaped as the platform's pool where it matters: people sign in by e-mail. */
describe('the customers of a real user pool', () => {
  const client = new CognitoIdentityProviderClient({});
  let UserPoolId: string;
  beforeAll(async () => {
    const { UserPool } = await client.send(
      new CreateUserPoolCommand({ PoolName: `test-${randomUUID()}`, UsernameAttributes: ['email'] }),
    );
    UserPoolId = UserPool?.Id ?? '';
  });
  afterAll(() => client.send(new DeleteUserPoolCommand({ UserPoolId })));

  it('are found by the sub that their tokens carry', async () => {
    const { User } = await client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: 'ada@example.com',
        MessageAction: 'SUPPRESS',
        UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
      }),
    );
    const sub = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';

    expect(sub).not.toBe('');
    expect(await new CognitoCustomers(client, UserPoolId).emailOf(sub)).toBe('ada@example.com');
  });

  it('are absent when nobody has that sub', async () => {
    expect(await new CognitoCustomers(client, UserPoolId).emailOf(randomUUID())).toBeUndefined();
  });
});
