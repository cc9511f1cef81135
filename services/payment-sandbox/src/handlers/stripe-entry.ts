import type { Router } from '@aws-lambda-powertools/event-handler/http';
import { type HttpEntryOptions, type HttpHandler, httpEntry } from '@shipline/lambda-kit/http-entry';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { API_VERSION } from './event-view.js';
import { refusedRequest } from './replies.js';

/** `req_…`, from the gateway's own id, so that access logs and replies meet. */
export function requestIdOf(event: unknown): string {
  const { requestContext } = event as { requestContext?: { requestId?: string } };
  return `req_${(requestContext?.requestId ?? 'unknown').replace(/[^A-Za-z0-9]/g, '').slice(0, 32)}`;
}

/**
 * The kit's entry in Stripe's words: what it refuses by a problem document becomes Stripe's error, and each reply
 * has a Request-Id. Faults fail the function, as everywhere.
 */
export function stripeEntry(router: Router, options: HttpEntryOptions = {}): HttpHandler {
  const handle = httpEntry(router, { ...options, accepts: ['application/x-www-form-urlencoded'] });
  return async (event, context) => {
    const result = await handle(event, context);
    const refused = result.headers['content-type'] === 'application/problem+json';
    return {
      ...result,
      headers: {
        ...result.headers,
        'request-id': requestIdOf(event),
        'stripe-version': API_VERSION,
        ...(refused && { 'content-type': 'application/json' }),
      },
      ...(refused && { body: refusedRequest(result.statusCode, messageOf(result, event)).body }),
    };
  };
}

function messageOf({ statusCode }: { statusCode: number }, event: unknown): string {
  const { httpMethod } = event as Partial<APIGatewayProxyEvent>;
  switch (statusCode) {
    case 404:
    case 405:
      return `Unrecognized request URL (${httpMethod}). The sandbox has a part of Stripe's API only: see its README.`;
    case 413:
      return 'The request is too large.';
    case 415:
      return 'Send the parameters form-encoded, with Content-Type: application/x-www-form-urlencoded.';
    default:
      return 'The request could not be parsed.';
  }
}
