import type * as z from 'zod/mini';

type Schema = z.ZodMiniType;

/**
 * One route of the shop's HTTP API: its schemas, its success status and every refusal that it can give.
 * The OpenAPI document, the typed client and the services' validation all come from this one value.
 */
export interface Endpoint {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** With `{name}` for path parameters, as in OpenAPI and API Gateway. */
  readonly path: `/api/${string}`;
  readonly service: string;
  readonly summary: string;
  /** Still there, and called by nobody of this release: the next one may remove it. */
  readonly deprecated?: true;
  /** `customer`: a Cognito access token is required. */
  readonly auth: 'none' | 'customer';
  /** True where the caller must send an Idempotency-Key. */
  readonly idempotent?: true;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly status: 200 | 201 | 202 | 204;
  readonly reply?: Schema;
  /** Stable code -> HTTP status, beside those that every service gives (`commonProblems`). */
  readonly problems: Readonly<Record<string, number>>;
}

export const endpoint = <const E extends Endpoint>(definition: E): E => definition;

/** The endpoint's path with its parameters filled in. @throws {TypeError} where one is missing. */
export const pathOf = ({ path }: Endpoint, params: Readonly<Record<string, string>> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new TypeError(`${path} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
