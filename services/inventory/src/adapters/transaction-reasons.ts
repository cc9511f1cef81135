import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';

/** Why DynamoDB cancelled a transaction: one code per item, in the order of the request; `None` where it was fine. */
export const cancellationReasons = (error: unknown): string[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')
    : [];

const contention = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/** Worth another attempt: nothing is wrong with the request. */
export const isContention = (reason: string | undefined): boolean => contention.has(reason ?? 'None');
