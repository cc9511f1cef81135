import { problem } from '../problem.js';
import type { Answer } from './answer.js';
import { answerOf } from './answer.js';
import { methodOf, type NormalisedEvent } from './http-event.js';

export interface BodyRules {
  /** Media types that a body may have. `application/json` alone where not said. */
  readonly accepts: readonly string[];
  /** 64 KiB where not said. */
  readonly maxBodyBytes: number;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What is refused before any route is looked at. */
export async function refusedForm(event: NormalisedEvent, rules: BodyRules): Promise<Answer | undefined> {
  const refusal = refusalOf(event, rules);
  return refusal && answerOf(event, refusal);
}

function refusalOf(event: NormalisedEvent, { accepts, maxBodyBytes }: BodyRules): Response | undefined {
  if (!METHODS.has(methodOf(event))) return problem(405, 'METHOD_NOT_ALLOWED');
  const { body, isBase64Encoded, headers } = event;
  if (!body) return undefined;
  const bytes = isBase64Encoded ? Math.floor((body.length * 3) / 4) : Buffer.byteLength(body);
  if (bytes > maxBodyBytes)
    return problem(413, 'BODY_TOO_LARGE', { detail: `At most ${maxBodyBytes} bytes are taken.` });
  if (!accepts.includes(headers['content-type'] ?? ''))
    return problem(415, 'UNSUPPORTED_MEDIA_TYPE', { detail: `Send ${accepts.join(' or ')}.` });
  return undefined;
}
