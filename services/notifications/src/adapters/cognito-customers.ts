import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Customers } from '../ports/customers.js';

/** An account that has no e-mail address, although the pool lets nobody sign up without one. */
export class AccountWithoutEmail extends Error {
  override readonly name = 'AccountWithoutEmail';
}

/** The user pool. A customer's id is the account's `sub`, which Cognito takes as its user name. */
export class CognitoCustomers implements Customers {
  constructor(
    private readonly client: Pick<CognitoIdentityProviderClient, 'send'>,
    private readonly userPoolId: string,
  ) {}

  async emailOf(customerId: string): Promise<string | undefined> {
    try {
      const { UserAttributes = [] } = await this.client.send(
        new AdminGetUserCommand({ UserPoolId: this.userPoolId, Username: customerId }),
      );
      const email = UserAttributes.find(({ Name }) => Name === 'email')?.Value;
      if (!email) throw new AccountWithoutEmail(customerId);
      return email;
    } catch (error) {
      if (error instanceof UserNotFoundException) return undefined;
      throw error;
    }
  }
}
