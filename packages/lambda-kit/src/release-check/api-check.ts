import { commonProblems, type Endpoint, ProblemDocument, pathOf } from '@shipline/contracts';
import type { InputOf, ReplyOf } from '@shipline/contracts/client';
import * as z from 'zod/mini';
import { CORRELATION_HEADER } from '../correlation-id.js';
import { apiEvent } from '../http/api-event.js';
import { type CallVersion, CheckFailed, type ReleaseCheck, SYNTHETIC_CUSTOMER, type Trial } from './check.js';
import { conforms } from './conforms.js';

/** The request, and what must come back beside what the contract says of every reply. */
export type Asked<E extends Endpoint> = InputOf<E> & {
  /** A part of the reply. */
  readonly expected?: unknown;
  /** The refusal that is expected instead of a reply. */
  readonly problem?: (keyof E['problems'] | keyof typeof commonProblems) & string;
};

/** One request that changes nothing. Where a check needs more, call `askApi` in a `run` of its own. */
export const apiCheck = <const E extends Endpoint>(
  name: string,
  endpoint: E,
  asked: Asked<E> | ((trial: Trial) => Asked<E>),
): ReleaseCheck => ({
  name,
  run: async (trial) => {
    await askApi(trial, endpoint, typeof asked === 'function' ? asked(trial) : asked);
  },
});

interface AnyInput {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly expected?: unknown;
  readonly problem?: string;
}

/**
 * Sends the event that API Gateway would send, and holds the answer against the contract.
 *
 * @returns the reply; undefined where a problem was expected
 * @throws {CheckFailed}
 */
export async function askApi<const E extends Endpoint>(
  trial: Trial,
  endpoint: E,
  asked: Asked<E>,
  version: CallVersion = trial.target,
): Promise<ReplyOf<E>> {
  const { problem, expected } = asked as AnyInput;
  const answer = await version(eventOf(trial, endpoint, asked as AnyInput));
  if ('error' in answer) throw new CheckFailed(`${wanted(endpoint, problem)}`, answer.error);
  const reply = replyOf(answer.value);
  const status = problem === undefined ? endpoint.status : statusOf(endpoint, problem);
  if (reply.statusCode !== status)
    throw new CheckFailed(wanted(endpoint, problem), `${reply.statusCode} ${reply.body}`);
  if (problem !== undefined) return refusal(reply, problem, status) as ReplyOf<E>;
  if (endpoint.reply === undefined) return undefined as ReplyOf<E>;
  const body = jsonOf(reply, 'application/json');
  return conforms(wanted(endpoint), endpoint.reply, body, expected) as ReplyOf<E>;
}

function eventOf(
  { correlationId }: Trial,
  endpoint: Endpoint,
  { params, query = {}, body, idempotencyKey }: AnyInput,
) {
  const sent = Object.entries(query).filter(([, value]) => value !== undefined);
  return apiEvent({
    method: endpoint.method,
    path: pathOf(endpoint, params),
    query: Object.fromEntries(sent.map(([name, value]) => [name, String(value)])),
    headers: {
      [CORRELATION_HEADER]: correlationId,
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body }),
    ...(endpoint.auth === 'customer' && { customerId: SYNTHETIC_CUSTOMER }),
  });
}

/** What API Gateway takes from a function. */
const HttpReply = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  isBase64Encoded: z.optional(z.boolean()),
});
type HttpReply = z.infer<typeof HttpReply>;

/** Cookies and multi-value headers are none of an endpoint's business: fields beside these are let pass. */
export function replyOf(value: unknown): HttpReply {
  const parsed = z.safeParse(HttpReply, value);
  if (!parsed.success) throw new CheckFailed('a reply that API Gateway takes', value);
  const { body, isBase64Encoded } = parsed.data;
  return isBase64Encoded
    ? { ...parsed.data, body: Buffer.from(body, 'base64').toString('utf8') }
    : parsed.data;
}

function refusal(reply: HttpReply, code: string, status: number): undefined {
  const body = jsonOf(reply, 'application/problem+json');
  conforms(`a problem document of ${code}`, ProblemDocument, body, { code, status });
}

/** @throws {CheckFailed} where the body is not JSON of this media type */
export function jsonOf({ headers, body }: HttpReply, mediaType: string): unknown {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (type?.split(';')[0] !== mediaType) throw new CheckFailed(`content-type ${mediaType}`, type ?? 'none');
  try {
    return JSON.parse(body);
  } catch {
    throw new CheckFailed('JSON', body);
  }
}

function statusOf({ problems, path }: Endpoint, code: string): number {
  const known: Readonly<Record<string, number>> = { ...commonProblems, ...problems };
  const status = known[code];
  if (status === undefined) throw new TypeError(`${path} has no problem ${code}`);
  return status;
}

const wanted = (endpoint: Endpoint, problem?: string): string => {
  const { method, path, status } = endpoint;
  const outcome =
    problem === undefined ? `${status} as in the contract` : `${statusOf(endpoint, problem)} ${problem}`;
  return `${method} ${path} to answer ${outcome}`;
};
