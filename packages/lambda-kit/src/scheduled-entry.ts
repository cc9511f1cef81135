import type { Context } from 'aws-lambda';
import { type EntryOptions, type InvocationContext, invocations, type Summary } from './invocation.js';

/** `run` may return counts of what it did; they go on the invocation's log line. */
export type ScheduledHandler = (event: unknown, context: Context) => Promise<void>;

/**
 * A function that a schedule calls.
 *
 * @example export const handler = scheduledEntry(async () => ({ expired: await expireReservations() }));
 */
export function scheduledEntry(
  // biome-ignore lint/suspicious/noConfusingVoidType: a function without counts returns nothing
  run: (context: InvocationContext) => Promise<Summary | void>,
  options: EntryOptions = {},
): ScheduledHandler {
  const invoke = invocations(options);
  return (_event, lambda) =>
    invoke({ kind: 'schedule', correlationId: lambda.awsRequestId, lambda }, async (context, summary) => {
      Object.assign(summary, await run(context));
    });
}
