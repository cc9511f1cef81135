import { createHash } from 'node:crypto';
import type * as z from 'zod/mini';
import type { Decide } from '../application/decision.js';
import type { Execute, Executed } from '../application/execute.js';
import type { Look } from '../application/look.js';
import type { FaultSubject, Operation } from '../domain/fault.js';
import { GatewayError } from '../domain/gateway-error.js';
import type { Reply } from '../ports/reply.js';
import { type IsMerchantKey, requireMerchant } from './authenticate.js';
import { parseForm } from './form.js';
import { parse } from './parse.js';
import { ok } from './replies.js';
import { requestIdOf } from './stripe-entry.js';

/** What every endpoint needs. */
export interface Gate {
  readonly execute: Execute;
  readonly look: Look;
  readonly isMerchantKey: IsMerchantKey;
}

/** The part of the router's request context that is used. */
interface Context {
  readonly req: Request;
  readonly params: Record<string, string>;
  readonly event: object;
}
type Route = (context: Context) => Promise<Response>;

export interface Changing<S extends z.ZodMiniType, T> {
  /** Where faults can strike. */
  readonly operation?: Operation;
  readonly schema: S;
  readonly decide: (input: z.output<S>, id: string) => Decide<T>;
  readonly view: (result: T, input: z.output<S>) => unknown;
  /** Instead of all parameters, where one of them must not be kept, not even as a hash. */
  readonly identity?: (input: z.output<S>) => unknown;
  /** Instead of the merchant's secret key. */
  readonly authenticate?: typeof requireMerchant;
}

/** A route that changes something: authenticated, parsed, and run once per idempotency key. */
export const changing =
  <S extends z.ZodMiniType, T>(
    { execute, isMerchantKey }: Gate,
    { operation, schema, decide, view, identity, authenticate = requireMerchant }: Changing<S, T>,
  ): Route =>
  async ({ req, params, event }) => {
    await authenticate(req, isMerchantKey);
    const idempotencyKey = keyOf(req);
    const form = parseForm(new URLSearchParams(await req.text()));
    const input = parse(schema, form);
    const executed = await execute({
      operation,
      requestId: requestIdOf(event),
      idempotencyKey,
      fingerprint: fingerprintOf(req, identity ? identity(input) : form),
      decide: decide(input, params['id'] ?? ''),
      render: (result) => ok(view(result, input)),
    });
    return executedResponse(executed, idempotencyKey);
  };

export interface Reading<S extends z.ZodMiniType, T> {
  readonly operation?: Operation;
  readonly schema: S;
  readonly find: (input: z.output<S>, id: string) => Promise<T>;
  readonly view: (result: T, input: z.output<S>) => unknown;
  readonly subject?: (result: T) => FaultSubject;
}

/** A route that changes nothing. */
export const reading =
  <S extends z.ZodMiniType, T>(
    { look, isMerchantKey }: Gate,
    { operation, schema, find, view, subject = () => ({ metadata: {} }) }: Reading<S, T>,
  ): Route =>
  async ({ req, params }) => {
    await requireMerchant(req, isMerchantKey);
    const input = parse(schema, parseForm(new URL(req.url).searchParams));
    const result = async () => {
      const found = await find(input, params['id'] ?? '');
      return { result: found, subject: subject(found) };
    };
    const render = (found: T) => ok(view(found, input));
    if (!operation) return responseOf(render((await result()).result));
    return responseOf(await look({ operation, find: result, render }));
  };

export const responseOf = ({ status, body }: Reply, headers: Record<string, string> = {}): Response =>
  new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } });

function executedResponse(executed: Executed, key: string | undefined): Response {
  return responseOf(executed, {
    ...(key !== undefined && { 'idempotency-key': key }),
    ...(executed.replayed && { 'idempotent-replayed': 'true' }),
    // The same key would only repeat it.
    ...(executed.status === 500 && { 'stripe-should-retry': 'false' }),
  });
}

function keyOf(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key') ?? undefined;
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new GatewayError('parameter_invalid', {
    message: 'An Idempotency-Key has 1 to 255 printable characters without spaces.',
  });
}

function fingerprintOf({ method, url }: Request, parameters: unknown): string {
  const request = JSON.stringify([method, new URL(url).pathname, canonical(parameters)]);
  return createHash('sha256').update(request).digest('base64url');
}

/** The same for the same parameters in another order. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([one], [two]) => (one < two ? -1 : 1));
  return entries.map(([name, inner]) => [name, canonical(inner)]);
}
