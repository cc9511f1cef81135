import { currentScope } from './scope.js';

/** Kept for what comes after the last call: the answer and the log line. */
const RESERVE_MS = 500;

/** The invocation is nearly over: the call was not made. A fault, so that whoever called the function tries again. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Milliseconds that a call may take now so that the function can still end by itself, before Lambda ends it without
 * a word. Below zero where the time is up; outside of an entry there is no end.
 */
export const timeForCalls = (): number =>
  (currentScope()?.remainingMs?.() ?? Number.POSITIVE_INFINITY) - RESERVE_MS;
