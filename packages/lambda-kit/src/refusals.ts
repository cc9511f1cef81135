import type { Router } from '@aws-lambda-powertools/event-handler/http';
import type { Env } from '@aws-lambda-powertools/event-handler/types';
import { problem } from './problem.js';
import type { Refusal } from './refusal.js';

interface RefusalClass<E extends Refusal> {
  // biome-ignore lint/suspicious/noExplicitAny: the arguments of a constructor that is never called from here
  new (...args: any[]): E;
  prototype: E;
}

/**
 * Answers every refusal of a class with the status that its code has in the service's one table. The table is
 * exhaustive: a new code does not compile until it has a status.
 *
 * @example refusals(api, OrderError, { ORDER_NOT_FOUND: 404, ORDER_CHANGED: 409 })
 */
export function refusals<T extends Env, E extends Refusal>(
  router: Router<T>,
  errorClass: RefusalClass<E>,
  statusOf: Readonly<Record<E['code'], number>>,
): void {
  router.errorHandler(errorClass, async (refusal: E) =>
    problem(statusOf[refusal.code as E['code']], refusal.code, refusal),
  );
}
