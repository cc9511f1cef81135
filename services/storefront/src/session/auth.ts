/** Who is signed in. `id` is the user pool's `sub`, which the services know as the customer's id. */
export interface Customer {
  readonly id: string;
  readonly email: string;
}

/** How a sign-in or sign-up goes on: done, or a code was sent by e-mail and is asked for. */
export type SignInOutcome = { signedIn: Customer } | { codeSentTo: string };

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** What the shop needs of an identity provider; expected refusals are thrown as `AuthRefusal`. */
export interface Auth {
  /** The customer of an earlier visit whose sign-in is still good. */
  restore(): Promise<Customer | undefined>;
  signIn(credentials: Credentials): Promise<SignInOutcome>;
  signUp(credentials: Credentials): Promise<SignInOutcome>;
  /** Proves the e-mail address with the code that was sent there, then signs in. */
  confirm(credentials: Credentials, code: string): Promise<SignInOutcome>;
  resendCode(email: string): Promise<void>;
  signOut(): Promise<void>;
  /** A fresh access token, or nothing when nobody is signed in (any more). */
  accessToken(): Promise<string | undefined>;
}

export const refusalSentences = {
  WRONG_PASSWORD: 'E-mail and password do not match. Check both and try again.',
  EMAIL_TAKEN: 'There is already an account with this e-mail. Sign in instead.',
  WEAK_PASSWORD: 'Choose a stronger password: at least 8 characters with letters and numbers.',
  WRONG_CODE: 'That is not the code we sent. Check the newest e-mail.',
  CODE_EXPIRED: 'That code has expired. Ask for a new one.',
  TOO_MANY_TRIES: 'Too many tries. Wait a few minutes, then try again.',
  INVALID_DETAILS: 'Something in the form is not as it should be. Check the fields and try again.',
} as const;
export type RefusalCode = keyof typeof refusalSentences;

/** The identity provider said no for a reason that the customer can act on. */
export class AuthRefusal extends Error {
  override readonly name = 'AuthRefusal';
  constructor(
    readonly code: RefusalCode,
    options?: ErrorOptions,
  ) {
    super(refusalSentences[code], options);
  }
}
