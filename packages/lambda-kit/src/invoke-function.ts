import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { clientContextOf } from './client-context.js';
import { clientDefaults } from './client-defaults.js';
import { parsedJson } from './json.js';
import { currentScope } from './scope.js';
import { traceable } from './traceable.js';
import { summaryOf, useValidationMessages } from './validation-messages.js';

/** Another service's function failed, or answered what it must not. Its message and payload stay there. */
export class DownstreamFault extends Error {
  override readonly name = 'DownstreamFault';

  constructor(
    /** As it was called: an ARN or a name. */
    readonly functionName: string,
    /** The other function's error class, or `InvalidReply`. */
    readonly errorType: string,
    detail?: string,
    options?: ErrorOptions,
  ) {
    super(`${functionName} failed: ${errorType}${detail ? ` (${detail})` : ''}`, options);
  }
}

export type Invoke<O> = (input: unknown) => Promise<O>;

/**
 * Calls another service's function and parses what it answers. The callee must be idempotent: a call that
 * brings no answer within 5 s is repeated, three attempts in all and none beyond the caller's own time. The
 * correlation id travels along.
 *
 * @throws {DownstreamFault} where the function failed or its answer does not fit the schema.
 * @example const quote = invokeFunction(config.CATALOG_QUOTE_FUNCTION, QuoteReply);
 */
export function invokeFunction<S extends z.ZodMiniType>(
  functionName: string,
  output: S,
  client: Pick<LambdaClient, 'send'> = traceable(new LambdaClient(clientDefaults({ requestTimeout: 5_000 }))),
): Invoke<z.output<S>> {
  useValidationMessages();
  return async (input) => {
    const scope = currentScope();
    const { FunctionError, Payload } = await client.send(
      new InvokeCommand({
        FunctionName: functionName,
        Payload: JSON.stringify(input),
        ...(scope && { ClientContext: clientContextOf(scope.correlationId) }),
      }),
    );
    const reply = parsedJson(Buffer.from(Payload ?? []).toString('utf8'));
    if (FunctionError !== undefined)
      throw new DownstreamFault(functionName, errorTypeOf(reply) ?? FunctionError);
    const parsed = z.safeParse(output, reply);
    if (!parsed.success) throw new DownstreamFault(functionName, 'InvalidReply', summaryOf(parsed.error));
    return parsed.data;
  };
}

function errorTypeOf(reply: unknown): string | undefined {
  const { errorType } = (reply ?? {}) as { errorType?: unknown };
  return typeof errorType === 'string' ? errorType : undefined;
}
