/** What the faults need of Lambda's context. */
export interface FunctionContext {
  readonly functionVersion: string;
  readonly clientContext?: { readonly custom?: Readonly<Record<string, unknown>> } | undefined;
}

export type Handler = (event: unknown, context: FunctionContext) => Promise<unknown>;
/** Makes a sound handler a faulty one. */
export type Fault = (sound: Handler) => Handler;

/** The failure that a drill has put in. */
export class InjectedFault extends Error {
  override readonly name = 'InjectedFault';
}

/**
 * A fault that release checks do not see: what a canary is for are the faults that no check has thought of. A drill of
 * the alarms needs one, as every fault that a check meets ends the release before an alarm could ring.
 */
export const unseenByChecks =
  (fault: Fault): Fault =>
  (sound) => {
    const faulty = fault(sound);
    return (event, context) =>
      correlationIdOf(event, context).startsWith('synthetic-')
        ? sound(event, context)
        : faulty(event, context);
  };

/** Fails as a bug would, and leaves the line by which the drill knows whom this version has failed. */
export function fail(event: unknown, context: FunctionContext): never {
  const line = {
    level: 'ERROR',
    message: 'injected fault',
    correlation_id: correlationIdOf(event, context),
    function_version: context.functionVersion,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  throw new InjectedFault('A drill has put this fault in.');
}

/** A request's header, a task's input, or what a calling service sends along. */
function correlationIdOf(event: unknown, { clientContext }: FunctionContext): string {
  const { headers, correlationId } = (event ?? {}) as {
    headers?: Record<string, string>;
    correlationId?: unknown;
  };
  const named = headers?.['x-correlation-id'] ?? correlationId ?? clientContext?.custom?.['correlationId'];
  return typeof named === 'string' ? named : '';
}
