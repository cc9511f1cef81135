import { randomUUID } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createClient, type ShopClient } from '@shipline/contracts/client';
import type { Outputs } from '@shipline/tooling/deploy/outputs';

export interface Customer {
  readonly email: string;
  /** Cognito's `sub`. */
  readonly id: string;
  readonly accessToken: string;
  readonly shop: ShopClient;
}

/** The shop as somebody sees it who is not signed in. */
export const guestOf = ({ storefrontUrl }: Outputs): ShopClient => createClient({ origin: storefrontUrl });

/** A new customer, signed up and signed in as the storefront does it. */
export async function signUp({ userPoolClientId: ClientId, storefrontUrl }: Outputs): Promise<Customer> {
  const cognito = new CognitoIdentityProviderClient({});
  const email = `test-${randomUUID()}@shipline.example`;
  const password = `Aa1!${randomUUID()}`;
  const { UserSub } = await cognito.send(
    new SignUpCommand({
      ClientId,
      Username: email,
      Password: password,
      UserAttributes: [{ Name: 'email', Value: email }],
    }),
  );
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  const accessToken = AuthenticationResult?.AccessToken;
  if (!UserSub || !accessToken) throw new Error('Cognito signed nobody in.');
  const shop = createClient({ origin: storefrontUrl, accessToken: async () => accessToken });
  return { email, id: UserSub, accessToken, shop };
}
