import {
  HttpError,
  NotFoundError,
  ParameterValidationError,
  RequestValidationError,
} from '@aws-lambda-powertools/event-handler/http';
import { problem } from '../problem.js';
import type { RefusedField } from '../refusal.js';
import { RequestRefusal } from '../request-refusal.js';
import { pathOf } from '../validation-messages.js';

const MAX_FIELDS = 20;

/** The router's own, for a path or method without a route; its message repeats the path. */
export const isRouteNotFound = (error: Error): boolean => error instanceof NotFoundError;

/** The refusals that are the same in every service; undefined for a fault. */
export function knownRefusal(error: Error, routed: boolean): Response | undefined {
  if (error instanceof RequestRefusal) return problem(error.status, error.code, error);
  if (error instanceof RequestValidationError) return invalid(error);
  // A path parameter that is empty, or not what percent-encoding allows: found before there is a route.
  if (error instanceof ParameterValidationError || (error instanceof URIError && !routed))
    return problem(422, 'INVALID_REQUEST', { errors: [{ path: 'path', message: 'is not valid' }] });
  if (error instanceof HttpError && error.statusCode < 500) return problem(error.statusCode, codeOf(error));
  return undefined;
}

function invalid({ cause, details }: RequestValidationError): Response {
  if (cause instanceof Error) return problem(400, 'MALFORMED_JSON');
  const issues = (details?.['issues'] ?? []) as readonly { path?: PropertyKey[]; message: string }[];
  const errors = issues
    .slice(0, MAX_FIELDS)
    .map(({ path, message }): RefusedField => ({ path: pathOf(path), message }));
  return problem(422, 'INVALID_REQUEST', { errors });
}

/** `BAD_REQUEST` of `BadRequestError`. */
const codeOf = ({ errorType }: HttpError): string =>
  errorType
    .replace(/Error$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toUpperCase();
