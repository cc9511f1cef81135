import type { InvokeCommand, InvokeCommandInput } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { DownstreamFault, invokeFunction } from '../src/invoke-function.js';
import { inScope } from '../src/scope.js';

const arn = 'arn:aws:lambda:us-east-1:100000000001:function:quote:live';

function setup(payload: unknown, FunctionError?: string) {
  const calls: InvokeCommandInput[] = [];
  const send = async ({ input }: InvokeCommand) => {
    calls.push(input);
    return {
      FunctionError,
      Payload: payload === undefined ? undefined : Buffer.from(JSON.stringify(payload)),
    };
  };
  return { calls, quote: invokeFunction(arn, z.object({ total: z.number() }), { send } as never) };
}

it('sends JSON and the correlation id, and parses the answer', async () => {
  const { quote, calls } = setup({ total: 7, more: 'is dropped' });
  const answer = await inScope({ correlationId: 'correlation-1', annotations: {} }, () =>
    quote({ sku: 'MUG' }),
  );

  expect(answer).toEqual({ total: 7 });
  expect(calls).toEqual([
    {
      FunctionName: arn,
      Payload: '{"sku":"MUG"}',
      ClientContext: Buffer.from('{"custom":{"correlationId":"correlation-1"}}').toString('base64'),
    },
  ]);
});

it('fails with the name of the function and the class of its error, and not with its message', async () => {
  const { quote } = setup(
    { errorType: 'ConfigError', errorMessage: 'secret', trace: ['secret'] },
    'Unhandled',
  );
  const fault = await quote({}).catch((error: unknown) => error);

  expect(fault).toBeInstanceOf(DownstreamFault);
  expect(fault).toMatchObject({
    functionName: arn,
    errorType: 'ConfigError',
    message: `${arn} failed: ConfigError`,
  });
  expect(JSON.stringify(fault)).not.toContain('secret');
});

it.each([
  [{ errorMessage: 'Task timed out' }, 'Unhandled', 'Unhandled'],
  [{ total: 'seven' }, undefined, 'InvalidReply'],
  [undefined, undefined, 'InvalidReply'],
])('fails for %j', async (payload, functionError, errorType) => {
  await expect(setup(payload, functionError).quote({})).rejects.toMatchObject({
    name: 'DownstreamFault',
    errorType,
  });
});
