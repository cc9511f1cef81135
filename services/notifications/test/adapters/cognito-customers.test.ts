import {
  type CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { CognitoCustomers } from '../../src/adapters/cognito-customers.js';

function setup(answer: () => unknown) {
  const asked: unknown[] = [];
  const client = {
    send: async ({ input }: { input: unknown }) => {
      asked.push(input);
      return answer();
    },
  };
  const customers = new CognitoCustomers(client as unknown as CognitoIdentityProviderClient, 'pool-1');
  return { customers, asked };
}
const failing = (error: Error) => () => {
  throw error;
};

describe('the customers of a user pool', () => {
  it('are found by their sub', async () => {
    const { customers, asked } = setup(() => ({
      UserAttributes: [
        { Name: 'sub', Value: 'ada' },
        { Name: 'email', Value: 'ada@example.com' },
      ],
    }));

    expect(await customers.emailOf('ada')).toBe('ada@example.com');
    expect(asked).toEqual([{ UserPoolId: 'pool-1', Username: 'ada' }]);
  });

  it('are absent when their account is gone', async () => {
    const gone = new UserNotFoundException({ $metadata: {}, message: 'User does not exist.' });

    expect(await setup(failing(gone)).customers.emailOf('ada')).toBeUndefined();
  });

  it.each([
    ['Cognito fails', failing(new Error('TooManyRequestsException')), 'TooManyRequests'],
    ['an account has no address', () => ({ UserAttributes: [{ Name: 'sub', Value: 'ada' }] }), 'ada'],
  ])('are a fault when %s', async (_, answer, message) => {
    await expect(setup(answer).customers.emailOf('ada')).rejects.toThrow(message);
  });
});
