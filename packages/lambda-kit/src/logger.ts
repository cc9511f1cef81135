import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { currentScope } from './scope.js';
import { TOLD_OF_ERRORS } from './told-of-errors.js';

/** What the entries need of a logger; Powertools' `Logger` is one. */
export type EntryLogger = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'addContext'>;

/** A chain of causes longer than this goes round in a circle. */
const MAX_DEPTH = 8;

/**
 * Powertools' line without the function's ARN and memory, plus the correlation id and what was annotated. Of errors
 * only what is named here: Powertools copies all their properties, and Stripe's carry a card holder's address.
 */
class ScopedLogFormatter extends LogFormatter {
  override formatAttributes(attributes: UnformattedAttributes, more: LogAttributes): LogItem {
    const { lambdaContext } = attributes;
    const scope = currentScope();
    return new LogItem({
      attributes: {
        level: attributes.logLevel,
        message: attributes.message,
        timestamp: this.formatTimestamp(attributes.timestamp),
        service: attributes.serviceName,
        cold_start: lambdaContext?.coldStart,
        function_name: lambdaContext?.functionName,
        function_version: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
        function_request_id: lambdaContext?.awsRequestId,
        xray_trace_id: attributes.xRayTraceId,
        correlation_id: scope?.correlationId,
        ...scope?.annotations,
      },
    }).addAttributes(more);
  }

  override formatError(error: Error): LogAttributes {
    return this.#errorOf(error, MAX_DEPTH);
  }

  #errorOf(error: Error, depth: number): LogAttributes {
    const inner = (value: unknown) =>
      value instanceof Error && depth > 1 ? this.#errorOf(value, depth - 1) : typeof value;
    const { name, message, stack, cause } = error;
    return {
      name,
      location: this.getCodeLocation(stack),
      message,
      stack,
      ...toldOf(error),
      ...(cause !== undefined && { cause: inner(cause) }),
      ...(error instanceof AggregateError && { errors: error.errors.map(inner) }),
    };
  }
}

/** The AWS SDK keeps status and request id in `$metadata`. */
function toldOf(error: Error & { $metadata?: ResponseMetadata }): LogAttributes {
  const { httpStatusCode: statusCode, requestId } = error.$metadata ?? {};
  const carried: Readonly<Record<string, unknown>> = { statusCode, requestId, ...error };
  const told = TOLD_OF_ERRORS.filter((key) => ['string', 'number'].includes(typeof carried[key]));
  return Object.fromEntries(told.map((key) => [key, carried[key]]));
}

interface ResponseMetadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

/** A structured logger; the service's name and the level come from POWERTOOLS_SERVICE_NAME and _LOG_LEVEL. */
export const createLogger = (): Logger => new Logger({ logFormatter: new ScopedLogFormatter() });
