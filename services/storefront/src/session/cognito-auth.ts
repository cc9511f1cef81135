import { Amplify } from 'aws-amplify';
import { confirmSignUp, fetchAuthSession, resendSignUpCode, signIn, signOut, signUp } from 'aws-amplify/auth';
import type { RuntimeConfig } from '../config.js';
import { type Auth, AuthRefusal, type Credentials, type Customer, type RefusalCode } from './auth.js';

/** Cognito's exceptions that a customer can act on; everything else is a fault and stays what it is. */
const refusals: Readonly<Record<string, RefusalCode>> = {
  NotAuthorizedException: 'WRONG_PASSWORD',
  UserNotFoundException: 'WRONG_PASSWORD',
  UsernameExistsException: 'EMAIL_TAKEN',
  InvalidPasswordException: 'WEAK_PASSWORD',
  CodeMismatchException: 'WRONG_CODE',
  ExpiredCodeException: 'CODE_EXPIRED',
  LimitExceededException: 'TOO_MANY_TRIES',
  TooManyRequestsException: 'TOO_MANY_TRIES',
  TooManyFailedAttemptsException: 'TOO_MANY_TRIES',
  InvalidParameterException: 'INVALID_DETAILS',
};

async function refusing<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const { name, message } = cause instanceof Error ? cause : { name: '', message: '' };
    // Cognito tells a locked account from a wrong password by its message only.
    const code = /attempts exceeded/i.test(message) ? 'TOO_MANY_TRIES' : refusals[name];
    if (code) throw new AuthRefusal(code, { cause });
    // Amplify wraps a failed fetch; the page tells people about the network in its own words.
    if (name === 'NetworkError') throw new TypeError('Cognito cannot be reached', { cause });
    throw cause;
  }
}

async function currentCustomer(): Promise<Customer | undefined> {
  const { tokens } = await fetchAuthSession();
  const id = tokens?.accessToken.payload.sub;
  if (id === undefined) return undefined;
  return { id, email: String(tokens?.idToken?.payload['email'] ?? '') };
}

/** Tokens that the services no longer take may still be here, and Amplify refuses a second sign-in beside them. */
async function signInAfresh(username: string, password: string) {
  const request = { username, password, options: { authFlowType: 'USER_SRP_AUTH' } } as const;
  try {
    return await signIn(request);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UserAlreadyAuthenticatedException') throw error;
    await signOut();
    return signIn(request);
  }
}

async function signInWith({ email, password }: Credentials) {
  const { isSignedIn, nextStep } = await signInAfresh(email, password);
  if (nextStep.signInStep === 'CONFIRM_SIGN_UP') {
    await resendSignUpCode({ username: email });
    return { codeSentTo: email };
  }
  const customer = isSignedIn ? await currentCustomer() : undefined;
  if (!customer) throw new Error(`Cognito asks for the unknown step ${nextStep.signInStep}`);
  return { signedIn: customer };
}

/** Cognito through Amplify, with SRP: the password itself never leaves the page. Loaded when first needed. */
export function cognitoAuth({ userPoolId, userPoolClientId, cognitoEndpoint }: RuntimeConfig): Auth {
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId,
        ...(cognitoEndpoint === undefined ? {} : { userPoolEndpoint: cognitoEndpoint }),
      },
    },
  });
  return {
    restore: currentCustomer,
    signIn: (credentials) => refusing(() => signInWith(credentials)),
    signUp: (credentials) =>
      refusing(async () => {
        const { email, password } = credentials;
        const { nextStep } = await signUp({
          username: email,
          password,
          options: { userAttributes: { email } },
        });
        return nextStep.signUpStep === 'CONFIRM_SIGN_UP' ? { codeSentTo: email } : signInWith(credentials);
      }),
    confirm: (credentials, code) =>
      refusing(async () => {
        await confirmSignUp({ username: credentials.email, confirmationCode: code });
        return signInWith(credentials);
      }),
    resendCode: (email) => refusing(async () => void (await resendSignUpCode({ username: email }))),
    signOut: () => signOut(),
    accessToken: async () => (await fetchAuthSession()).tokens?.accessToken.toString(),
  };
}
