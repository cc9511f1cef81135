import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { currentScope } from './scope.js';

/** What the entries need of a logger; Powertools' `Logger` is one. */
export type EntryLogger = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'addContext'>;

/** Powertools' line without the function's ARN and memory, plus the correlation id and what was annotated. */
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
}

/** A structured logger; the service's name and the level come from POWERTOOLS_SERVICE_NAME and _LOG_LEVEL. */
export const createLogger = (): Logger => new Logger({ logFormatter: new ScopedLogFormatter() });
