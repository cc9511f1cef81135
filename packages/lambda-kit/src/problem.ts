import type { ProblemDocument } from '@shipline/contracts';
import type { RefusedField } from './refusal.js';
import { titleOf } from './status-titles.js';

export interface ProblemOptions {
  readonly detail?: string | undefined;
  readonly errors?: readonly RefusedField[] | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Becomes the header Retry-After. */
  readonly retryAfterSeconds?: number | undefined;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/**
 * A refusal as RFC 9457 problem document. `code` is what callers decide by; the entry adds the correlation id.
 *
 * @example problem(409, 'SOLD_OUT', { detail: 'Two of the lines are sold out' })
 */
export function problem(status: number, code: string, options: ProblemOptions = {}): Response {
  const { detail, errors, headers = {}, retryAfterSeconds } = options;
  const document: ProblemDocument = {
    type: 'about:blank',
    title: titleOf(status),
    status,
    code,
    ...(detail !== undefined && { detail }),
    ...(errors !== undefined && { errors: [...errors] }),
  };
  return new Response(JSON.stringify(document), {
    status,
    headers: {
      ...headers,
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(Math.ceil(retryAfterSeconds)) }),
      'content-type': PROBLEM_MEDIA_TYPE,
    },
  });
}
