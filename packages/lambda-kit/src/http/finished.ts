import type { ProblemDocument } from '@shipline/contracts';
import { CORRELATION_HEADER } from '../correlation-id.js';
import { PROBLEM_MEDIA_TYPE } from '../problem.js';

/** What API Gateway takes, of either version. */
export interface HttpResult {
  statusCode: number;
  headers: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  cookies?: string[];
  body: string;
  isBase64Encoded: boolean;
}

/** Where a route sets one of these itself, its own value stays. */
const defaultHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

export interface Finished {
  readonly result: HttpResult;
  /** Of a problem document. */
  readonly code?: string;
}

/** Adds what every answer has: the security headers and the correlation id, also inside a problem document. */
export function finished(result: HttpResult, correlationId: string): Finished {
  const headers: Record<string, string> = {
    ...defaultHeaders,
    ...result.headers,
    [CORRELATION_HEADER]: correlationId,
  };
  if (headers['content-type'] !== PROBLEM_MEDIA_TYPE) return { result: { ...result, headers } };
  const document: ProblemDocument = { ...JSON.parse(result.body), correlationId };
  return { result: { ...result, headers, body: JSON.stringify(document) }, code: document.code };
}
