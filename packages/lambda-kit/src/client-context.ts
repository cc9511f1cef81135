import type { Context } from 'aws-lambda';

/** How a correlation id travels with a Lambda Invoke whose payload has no place for it. */
export const clientContextOf = (correlationId: string): string =>
  Buffer.from(JSON.stringify({ custom: { correlationId } })).toString('base64');

export function callersCorrelationId({ clientContext }: Context): unknown {
  const { custom } = (clientContext ?? {}) as { custom?: { correlationId?: unknown } };
  return custom?.correlationId;
}
