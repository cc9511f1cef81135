import type * as z from 'zod/mini';
import { type Endpoint, pathOf } from './api/endpoint.js';
import { type Endpoints, endpoints } from './api/index.js';
import { ProblemDocument } from './problem.js';

type Given<E, K extends string, Name extends string> =
  E extends Record<K, infer S extends z.ZodMiniType> ? { readonly [N in Name]: z.input<S> } : unknown;
type Key<E> = E extends { idempotent: true } ? { readonly idempotencyKey: string } : unknown;

export type InputOf<E extends Endpoint> = Given<E, 'params', 'params'> &
  Given<E, 'body', 'body'> &
  (E extends { query: infer S extends z.ZodMiniType } ? { readonly query?: z.input<S> } : unknown) &
  Key<E>;
export type ReplyOf<E> = E extends { reply: infer S extends z.ZodMiniType } ? z.output<S> : undefined;

export type ShopClient = {
  readonly [N in keyof Endpoints]: keyof InputOf<Endpoints[N]> extends never
    ? () => Promise<ReplyOf<Endpoints[N]>>
    : (input: InputOf<Endpoints[N]>) => Promise<ReplyOf<Endpoints[N]>>;
};

/** A refusal of the API. `problem` is the RFC 9457 document; `code` is what a caller decides by. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem?: ProblemDocument,
    /** Seconds, from Retry-After. */
    readonly retryAfter?: number,
  ) {
    super(problem?.detail ?? problem?.title ?? `${status} ${code}`);
  }
}

export interface ClientOptions {
  /** Origin of the shop, without `/api`; empty for the page's own. */
  readonly origin: string;
  readonly fetch?: typeof fetch;
  /** A Cognito access token, where somebody is signed in. */
  readonly accessToken?: () => Promise<string | undefined>;
}

interface AnyInput {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

/**
 * The typed client of every endpoint: `client.getProduct({ params: { sku } })`.
 * @throws {ApiProblem} for every answer that is not the endpoint's success status.
 */
export function createClient({ origin, fetch = globalThis.fetch, accessToken }: ClientOptions): ShopClient {
  const call = async (endpoint: Endpoint, input: AnyInput = {}) => {
    const token = endpoint.auth === 'customer' ? await accessToken?.() : undefined;
    const response = await fetch(urlOf(origin, endpoint, input), {
      method: endpoint.method,
      headers: {
        accept: 'application/json',
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(input.idempotencyKey === undefined ? {} : { 'idempotency-key': input.idempotencyKey }),
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    });
    if (response.status !== endpoint.status) throw await problemOf(response);
    return endpoint.reply?.parse(await response.json());
  };
  return Object.fromEntries(
    Object.entries(endpoints).map(([name, endpoint]) => [name, (input?: AnyInput) => call(endpoint, input)]),
  ) as unknown as ShopClient;
}

function urlOf(origin: string, endpoint: Endpoint, { params, query = {} }: AnyInput): string {
  const path = pathOf(endpoint, params);
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return `${origin}${path}${search.size > 0 ? `?${search}` : ''}`;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text();
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const seconds = Number.isFinite(retryAfter) ? retryAfter : undefined;
  // API Gateway's own refusals (401, unknown route, throttling) are not problem+json.
  if (!response.headers.get('content-type')?.includes('application/problem+json'))
    return new ApiProblem(response.status, `HTTP_${response.status}`, undefined, seconds);
  const problem = ProblemDocument.parse(JSON.parse(text));
  return new ApiProblem(response.status, problem.code, problem, seconds);
}
