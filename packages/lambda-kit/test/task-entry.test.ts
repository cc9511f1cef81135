import { lambdaContext, recordingLogger } from '@shipline/testing';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { clientContextOf } from '../src/client-context.js';
import { correlationId } from '../src/correlation-id.js';
import { currentScope } from '../src/scope.js';
import { taskEntry } from '../src/task-entry.js';
import { ofAColdStart } from './builders.js';

const Input = z.strictObject({
  orderId: z.string().check(z.regex(/^ord_\d+$/)),
  correlationId: z.optional(z.string()),
});

function setup() {
  const logger = recordingLogger();
  const handler = taskEntry(
    Input,
    async ({ orderId }) => {
      if (orderId === 'ord_13') throw new RangeError('unlucky');
      return { orderId, correlationId: correlationId(), annotations: { ...currentScope()?.annotations } };
    },
    { logger },
  );
  return { logger, handler };
}

it('answers what the task returns and logs one line', async () => {
  const { handler, logger } = setup();

  expect(await handler({ orderId: 'ord_1', correlationId: 'correlation-1' }, lambdaContext())).toEqual({
    orderId: 'ord_1',
    correlationId: 'correlation-1',
    annotations: { order_id: 'ord_1' },
  });
  expect(logger.lines).toEqual([{ ...ofAColdStart, level: 'info', message: 'task', ms: expect.any(Number) }]);
});

it('takes the correlation id of whoever invoked it, or its own request id', async () => {
  const { handler } = setup();
  const clientContext = JSON.parse(Buffer.from(clientContextOf('correlation-2'), 'base64').toString('utf8'));

  expect(await handler({ orderId: 'ord_1' }, lambdaContext({ clientContext }))).toMatchObject({
    correlationId: 'correlation-2',
  });
  expect(await handler({ orderId: 'ord_1' }, lambdaContext())).toMatchObject({
    correlationId: lambdaContext().awsRequestId,
  });
});

it('fails for input that it does not take, naming the field and not the value', async () => {
  const { handler, logger } = setup();
  const refused = handler({ orderId: '4242424242424242' }, lambdaContext());

  await expect(refused).rejects.toMatchObject({
    name: 'InvalidInput',
    message: 'orderId is not a valid value',
  });
  expect(logger.lines).toMatchObject([{ level: 'error', message: 'task failed' }]);
});

it.each([undefined, null, 'text', []])('fails for %j', async (event) => {
  await expect(setup().handler(event, lambdaContext())).rejects.toMatchObject({ name: 'InvalidInput' });
});

it('fails as the task fails', async () => {
  await expect(setup().handler({ orderId: 'ord_13' }, lambdaContext())).rejects.toThrow(RangeError);
});

it('lets the runtime see of a fault what it was, and nothing that it carries', async () => {
  const raw = { client_secret: 'hush' };
  const fault = Object.assign(new RangeError('unlucky'), { code: 'card_declined', raw });
  const handler = taskEntry(Input, () => Promise.reject(fault), { logger: recordingLogger() });

  const thrown: unknown = await handler({ orderId: 'ord_1' }, lambdaContext()).catch(
    (error: unknown) => error,
  );

  expect(thrown).toBe(fault);
  expect(Object.entries(fault)).toEqual([['code', 'card_declined']]);
  expect(fault.raw).toBe(raw);
});
