/** One thing wrong with a request: where (dotted path) and what. Never a value that the caller sent. */
export interface RefusedField {
  readonly path: string;
  readonly message: string;
}

export interface RefusalOptions extends ErrorOptions {
  /** A sentence for people. It must not carry what the caller may not know. */
  readonly detail?: string;
  /** Becomes the header Retry-After. */
  readonly retryAfterSeconds?: number;
  readonly errors?: readonly RefusedField[];
}

/**
 * An expected "no" that the caller can act on. `code` is part of the API; which HTTP status it has is said once
 * per service, in the table given to `refusals`. Whatever else is thrown is a fault and fails the function.
 *
 * @example class CartError extends Refusal<'CART_FULL' | 'CART_NOT_FOUND'> { override readonly name = 'CartError' }
 */
export abstract class Refusal<C extends string = string> extends Error {
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly errors: readonly RefusedField[] | undefined;

  constructor(
    readonly code: C,
    { detail, retryAfterSeconds, errors, ...options }: RefusalOptions = {},
  ) {
    super(code, options);
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
    this.errors = errors;
  }
}
