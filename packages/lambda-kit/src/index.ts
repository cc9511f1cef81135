/**
 * What most functions use and what costs next to nothing at import. Entries other than `httpEntry`, AWS clients,
 * logger and metrics have a path of their own (`@shipline/lambda-kit/task-entry`, `/dynamodb`, …), so that a
 * function loads only what it needs.
 */
export { type Clock, systemClock } from './clock.js';
export { correlationId } from './correlation-id.js';
export { type Customer, customerId, customerOf } from './customer.js';
export { ConfigError, parseEnv } from './env.js';
export { type HttpEntryOptions, type HttpHandler, httpEntry } from './http-entry.js';
export { idempotencyKey } from './idempotency-key.js';
export { derivedId, type IdSource, ulidSource } from './ids.js';
export type { EntryOptions, InvocationContext, Summary } from './invocation.js';
export { type ProblemOptions, problem } from './problem.js';
export { Refusal, type RefusalOptions, type RefusedField } from './refusal.js';
export { refusals } from './refusals.js';
export { RequestRefusal } from './request-refusal.js';
export { annotate, annotateOrder } from './scope.js';
export { traceHeader } from './tracing.js';
