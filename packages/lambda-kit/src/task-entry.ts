import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { callersCorrelationId } from './client-context.js';
import { correlationIdOr } from './correlation-id.js';
import { type EntryOptions, type InvocationContext, invocations } from './invocation.js';
import { annotateOrder } from './scope.js';
import { summaryOf, useValidationMessages } from './validation-messages.js';

/** A task was called with something that it does not take. Names fields and rules, never values. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

export type TaskHandler<O> = (event: unknown, context: Context) => Promise<O>;

/**
 * A function that the state machine or another service calls. Expected refusals are values of its output; what
 * it throws is a fault that the caller retries. The correlation id is the input's `correlationId`, or the one
 * that `invokeFunction` sends along; an input's `orderId` goes on the log lines and on the trace.
 *
 * @throws {InvalidInput} (when called) where the input does not fit the schema.
 * @example export const handler = taskEntry(TaskInput, makeCommitStock({ reservations }));
 */
export function taskEntry<S extends z.ZodMiniType, O>(
  input: S,
  run: (input: z.output<S>, context: InvocationContext) => Promise<O>,
  options: EntryOptions = {},
): TaskHandler<O> {
  useValidationMessages();
  const invoke = invocations(options);
  return (event, lambda) => {
    const named = (event ?? {}) as { correlationId?: unknown; orderId?: unknown };
    const correlationId = correlationIdOr(
      named.correlationId,
      correlationIdOr(callersCorrelationId(lambda), lambda.awsRequestId),
    );
    return invoke({ kind: 'task', correlationId, lambda }, async (context) => {
      const parsed = z.safeParse(input, event);
      if (!parsed.success) throw new InvalidInput(summaryOf(parsed.error));
      if (typeof named.orderId === 'string') annotateOrder(named.orderId);
      return run(parsed.data, context);
    });
  };
}
