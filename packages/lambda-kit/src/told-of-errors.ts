/** What says which error it was and where its sender finds it: ours, Stripe's and the AWS SDK's. */
export const TOLD_OF_ERRORS = ['code', 'statusCode', 'requestId'] as const;

const isTold = (key: string) => key === 'name' || TOLD_OF_ERRORS.some((told) => told === key);

/**
 * The same error, whose other properties no longer show when it is written down: Lambda's runtime logs every
 * enumerable one of an error that leaves the handler. Code that knows the property can still read it.
 */
export function discreet(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  for (const [key, { configurable, enumerable }] of Object.entries(Object.getOwnPropertyDescriptors(error)))
    if (configurable && enumerable && !isTold(key)) Object.defineProperty(error, key, { enumerable: false });
  return error;
}
