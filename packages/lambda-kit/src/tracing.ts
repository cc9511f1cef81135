import type { AnnotateTrace } from './scope.js';

/** The trace header of the current invocation (`Root=…;Parent=…;Sampled=1`), to be carried to what it causes. */
export const traceHeader = (): string | undefined => process.env['_X_AMZN_TRACE_ID'];

export const isSampled = (header = traceHeader()): boolean =>
  /(?:^|;)\s*Sampled=1\s*(?:;|$)/.test(header ?? '');

/**
 * Runs in a subsegment of the invocation's trace. The X-Ray SDK costs more than the rest of a function's start:
 * it is loaded by the first invocation that is sampled, and by no other.
 */
export async function traced<T>(
  name: string,
  run: (annotateTrace?: AnnotateTrace) => Promise<T>,
): Promise<T> {
  if (!isSampled()) return run();
  const { inSubsegment } = await import('./xray.js');
  return inSubsegment(name, run);
}
