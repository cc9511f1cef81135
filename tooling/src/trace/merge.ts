import { checkoutMoments } from './checkout-moments.js';
import { type Invocation, loggedInvocations, otherLines } from './logged-invocations.js';
import type { Execution, LogLine, Moment, Source, Trace } from './order-way.js';
import { tracedInvocations } from './traced-invocations.js';

export interface Findings {
  readonly executions: readonly Execution[];
  readonly traces: readonly Trace[];
  readonly lines: readonly LogLine[];
}

/**
 * One timeline of all that was found, oldest first. A trace and a log line of the same invocation, by its request
 * id, are one moment: the trace knows the times and the calls, the line what it was about.
 */
export function momentsOf(orderId: string, { executions, traces, lines }: Findings): Moment[] {
  const traced = tracedInvocations(orderId, traces);
  const logged = loggedInvocations(lines);
  const invocations = [...new Set([...traced.keys(), ...logged.keys()])].map((requestId) =>
    momentOf(traced.get(requestId), logged.get(requestId)),
  );
  const moments = [...executions.flatMap(checkoutMoments), ...invocations, ...otherLines(lines)];
  return moments.sort((one, other) => one.at - other.at);
}

function momentOf(traced: Invocation | undefined, logged: Invocation | undefined): Moment {
  const known = traced ?? logged;
  if (!known) throw new Error('An invocation is known by its trace or by its log.');
  const sources: Source[] = [...(traced ? (['trace'] as const) : []), ...(logged ? (['log'] as const) : [])];
  const what = logged?.what ?? known.what;
  return { ...known, what, sources, failed: Boolean(traced?.failed || logged?.failed) };
}
