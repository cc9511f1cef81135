import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { callersCorrelationId } from '../client-context.js';
import { CORRELATION_HEADER, correlationIdOr, saysSynthetic } from '../correlation-id.js';

/** An HTTP API's event (2.0) or a REST API's (1.0). */
export type HttpEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

/** With header names in lower case, each with one value. */
export type NormalisedEvent = HttpEvent & { readonly headers: Record<string, string | undefined> };

export const isV2 = (event: HttpEvent): event is APIGatewayProxyEventV2 =>
  'version' in event && event.version === '2.0';

export const methodOf = (event: HttpEvent): string =>
  (isV2(event) ? event.requestContext.http.method : event.httpMethod).toUpperCase();

/**
 * The event as the router can take it: it knows a JSON body by the exact spelling of its media type only, and
 * throws for a GET that has a body. The correlation id is always there: the caller's, if it may be taken over, or ours.
 */
export function normalised(event: HttpEvent, lambda: Context): NormalisedEvent {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(event.headers ?? {})) headers[name.toLowerCase()] = value;
  headers[CORRELATION_HEADER] = correlationIdOf(headers[CORRELATION_HEADER], lambda);
  const mediaType = mediaTypeOf(headers['content-type']);
  if (mediaType) headers['content-type'] = mediaType;
  const method = methodOf(event);
  const bodiless = method === 'GET' || method === 'HEAD';
  if (isV2(event)) {
    const { body, ...rest } = event;
    return { ...rest, headers, ...(!bodiless && body !== undefined && { body }) };
  }
  // The router adds the values of both kinds of headers.
  return { ...event, headers, multiValueHeaders: {}, body: bodiless ? null : event.body };
}

/**
 * Customers choose their id, but not one that a release check's looks like: that counts only where whoever invoked the
 * function gave the same one in the client context, which API Gateway sends nobody's.
 */
function correlationIdOf(header: string | undefined, lambda: Context): string {
  const given = correlationIdOr(header, lambda.awsRequestId);
  return saysSynthetic(given) && callersCorrelationId(lambda) !== given ? lambda.awsRequestId : given;
}

/** `application/json` of `Application/JSON; charset=utf-8`. */
const mediaTypeOf = (header: string | undefined): string | undefined =>
  header?.split(';')[0]?.trim().toLowerCase();
