import type { Router } from '@aws-lambda-powertools/event-handler/http';
import type { Env } from '@aws-lambda-powertools/event-handler/types';
import type { Context } from 'aws-lambda';
import { CORRELATION_HEADER } from './correlation-id.js';
import { EntryRouter } from './http/entry-router.js';
import { finished, type HttpResult } from './http/finished.js';
import { type HttpEvent, normalised } from './http/http-event.js';
import { type BodyRules, refusedForm } from './http/request-form.js';
import { type EntryOptions, invocations } from './invocation.js';
import { useValidationMessages } from './validation-messages.js';

export interface HttpEntryOptions extends EntryOptions, Partial<BodyRules> {}

export type HttpHandler = (event: unknown, context: Context) => Promise<HttpResult>;

/**
 * A function that answers the routes of an API Gateway HTTP API (or REST API). Register all routes before.
 *
 * Refusals become problem documents (RFC 9457) with a stable code: the service's own by `refusals`, and for all
 * of them MALFORMED_JSON 400, NOT_FOUND 404, METHOD_NOT_ALLOWED 405, BODY_TOO_LARGE 413, UNSUPPORTED_MEDIA_TYPE
 * 415, INVALID_REQUEST 422. Anything else that is thrown is a fault: the function fails, API Gateway answers
 * 500, and Lambda's `Errors` counts it. Powertools' router alone would answer a 500 and call that a success.
 *
 * @example export const handler = httpEntry(ordersApi({ cancelOrder }), { logger });
 */
export function httpEntry<T extends Env>(router: Router<T>, options: HttpEntryOptions = {}): HttpHandler {
  const { accepts = ['application/json'], maxBodyBytes = 64 * 1024 } = options;
  useValidationMessages();
  const invoke = invocations(options);
  const entry = new EntryRouter(router);
  return (received, lambda) => {
    const event = normalised(received as HttpEvent, lambda);
    const correlationId = event.headers[CORRELATION_HEADER] ?? lambda.awsRequestId;
    return invoke({ kind: 'request', correlationId, lambda }, async (_context, summary) => {
      const { method, route, result } =
        (await refusedForm(event, { accepts, maxBodyBytes })) ?? (await entry.answer(event, lambda));
      const { result: reply, code } = finished(result, correlationId);
      Object.assign(summary, { method, route, status: reply.statusCode, code });
      return reply;
    });
  };
}
