import { currentScope } from './scope.js';

export const CORRELATION_HEADER = 'x-correlation-id';

const PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{7,127}$/;

/** The candidate where it is well formed (8 to 128 letters, digits, dots, dashes), else `otherwise`. */
export const correlationIdOr = (candidate: unknown, otherwise: string): string =>
  typeof candidate === 'string' && PATTERN.test(candidate) ? candidate : otherwise;

/**
 * Ties together all that one request of a customer causes: log lines, events, tasks. The entries set it.
 *
 * @throws {Error} outside of an entry.
 */
export function correlationId(): string {
  const scope = currentScope();
  if (!scope) throw new Error('There is a correlation id only while an entry handles something');
  return scope.correlationId;
}

/** What release checks cause carries this id: no customer's, and findable in the logs by its deployment. */
export const syntheticId = (deploymentId: string): string => `synthetic-${deploymentId}`;

/**
 * Whether something says that a release check caused it. No id that came from outside does (`http/http-event.ts`); all
 * the same it must never keep a real order from being handled.
 */
export const saysSynthetic = (correlationId: string): boolean => correlationId.startsWith('synthetic-');
