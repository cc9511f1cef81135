import type { Execution, ExecutionEvent, Moment } from './order-way.js';

/** Names that all kinds of failed tries have (Step Functions API Reference, "HistoryEvent"). */
const failedTry = /^(Task|LambdaFunction)(Failed|TimedOut|StartFailed|SubmitFailed|ScheduleFailed)$/;
const failedEnds = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

/** The steps of one execution: its start, each state with how long it took, each try that failed, its end. */
export function checkoutMoments(execution: Execution): Moment[] {
  const { name, status, startedAt, endedAt, events } = execution;
  const moment = (at: number, what: string, more: Partial<Moment> = {}): Moment => ({
    at,
    sources: ['checkout'],
    where: 'checkout',
    what,
    failed: false,
    ...more,
  });
  const moments = [moment(startedAt, `${name} started`), ...statesOf(events, moment)];
  if (endedAt === undefined) return moments;
  return [...moments, moment(endedAt, `${name} ended: ${status}`, { failed: failedEnds.has(status) })];
}

function statesOf(
  events: readonly ExecutionEvent[],
  moment: (at: number, what: string, more?: Partial<Moment>) => Moment,
): Moment[] {
  const moments: Moment[] = [];
  const entered = new Map<string, number>();
  for (const { type, at, state, error } of events) {
    if (state !== undefined && type.endsWith('StateEntered')) entered.set(state, at);
    if (state !== undefined && type.endsWith('StateExited')) {
      const start = entered.get(state) ?? at;
      entered.delete(state);
      moments.push(moment(start, state, { tookMs: at - start }));
    }
    if (failedTry.test(type)) {
      const current = [...entered.keys()].at(-1) ?? '?';
      moments.push(moment(at, `${current} failed: ${error ?? type}`, { failed: true }));
    }
  }
  for (const [state, at] of entered) moments.push(moment(at, `${state}, not left`));
  return moments;
}
