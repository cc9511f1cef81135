import type { Context } from 'aws-lambda';
import { coldStartFields } from './cold-start.js';
import { createLogger, type EntryLogger } from './logger.js';
import { inScope } from './scope.js';
import { discreet } from './told-of-errors.js';
import { traced } from './tracing.js';

export interface EntryOptions {
  /** One is made where none is given. */
  readonly logger?: EntryLogger;
}

/** What an entry tells the code that it runs. */
export interface InvocationContext {
  readonly correlationId: string;
  readonly logger: EntryLogger;
  readonly lambda: Context;
}

export interface Invocation {
  /** What it is: the message of the one line that is logged about it. */
  readonly kind: 'request' | 'task' | 'batch' | 'relay' | 'schedule' | 'release-check';
  readonly correlationId: string;
  readonly lambda: Context;
}

/** Fields of the one log line, filled in while the invocation runs. */
export type Summary = Record<string, string | number | boolean | undefined>;

type Run<T> = (context: InvocationContext, summary: Summary) => Promise<T>;

/** What all entries share: the scope, the trace, and one log line of each invocation. */
export function invocations({ logger = createLogger() }: EntryOptions) {
  const coldStart = coldStartFields();
  return <T>({ kind, correlationId, lambda }: Invocation, run: Run<T>): Promise<T> => {
    logger.addContext(lambda);
    const remainingMs = () => lambda.getRemainingTimeInMillis();
    return traced(`## ${kind}`, (annotateTrace) =>
      inScope({ correlationId, annotations: {}, annotateTrace, remainingMs }, async () => {
        annotateTrace?.('correlation_id', correlationId);
        const start = performance.now();
        const summary: Summary = {};
        const ms = () => Math.round((performance.now() - start) * 10) / 10;
        try {
          const result = await run({ correlationId, logger, lambda }, summary);
          logger.info(kind, { ...summary, ms: ms(), ...coldStart() });
          return result;
        } catch (error) {
          logger.error(`${kind} failed`, { ...summary, ms: ms(), ...coldStart(), error: error as Error });
          throw discreet(error);
        }
      }),
    );
  };
}
