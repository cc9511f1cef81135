import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { clientContextOf } from '../client-context.js';
import { type Answer, type CallVersion, CheckFailed } from './check.js';

export interface Caller {
  readonly client: Pick<LambdaClient, 'send'>;
  readonly correlationId: string;
  /** Milliseconds that a call may take, asked for each one; none are left at 0 or below. */
  readonly patience: () => number;
}

/** Invokes `functionName:qualifier` and waits for its answer. */
export const callVersion =
  ({ client, correlationId, patience }: Caller, functionName: string, qualifier: string): CallVersion =>
  async (payload) => {
    const milliseconds = patience();
    if (milliseconds <= 0)
      throw new CheckFailed(`an answer of ${functionName}:${qualifier}`, 'no time left to ask');
    const command = new InvokeCommand({
      FunctionName: functionName,
      Qualifier: qualifier,
      Payload: JSON.stringify(payload),
      ClientContext: clientContextOf(correlationId),
    });
    const abortSignal = AbortSignal.timeout(milliseconds);
    try {
      const { FunctionError, Payload } = await client.send(command, { abortSignal });
      return answerOf(FunctionError, Buffer.from(Payload ?? []).toString('utf8'));
    } catch (error) {
      if (!abortSignal.aborted) throw error;
      throw new CheckFailed(`an answer of ${functionName}:${qualifier} within ${milliseconds} ms`, 'none');
    }
  };

/** Lambda writes a failed function's error into the payload (`errorType`, `errorMessage`). */
function answerOf(functionError: string | undefined, payload: string): Answer {
  const value = jsonOf(payload);
  if (functionError === undefined) return { value };
  const { errorType, errorMessage } = (value ?? {}) as { errorType?: unknown; errorMessage?: unknown };
  return { error: { type: String(errorType ?? functionError), message: String(errorMessage ?? payload) } };
}

function jsonOf(payload: string): unknown {
  if (payload === '') return undefined;
  try {
    return JSON.parse(payload);
  } catch {
    throw new CheckFailed('JSON', payload);
  }
}
