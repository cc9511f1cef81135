import { randomUUID } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createClient, type ShopClient } from '@shipline/contracts/client';
import { outputs } from './environment.js';

export interface Customer {
  readonly email: string;
  /** Cognito's `sub`. */
  readonly id: string;
  readonly accessToken: string;
  readonly shop: ShopClient;
}

const cognito = new CognitoIdentityProviderClient({});

/** A new customer, signed up and signed in as the storefront does it. */
export async function newCustomer(): Promise<Customer> {
  const email = `test-${randomUUID()}@shipline.example`;
  const password = `Aa1!${randomUUID()}`;
  const { UserSub } = await cognito.send(
    new SignUpCommand({
      ClientId: outputs.userPoolClientId,
      Username: email,
      Password: password,
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
  );
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId: outputs.userPoolClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  const accessToken = AuthenticationResult?.AccessToken;
  if (!UserSub || !accessToken) throw new Error('Cognito signed nobody in.');
  const shop = createClient({ origin: outputs.storefrontUrl, accessToken: async () => accessToken });
  return { email, id: UserSub, accessToken, shop };
}

/** The shop as somebody sees it who is not signed in. */
export const guestShop = createClient({ origin: outputs.storefrontUrl });
