import {
  CreateSecretCommand,
  DeleteSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { OrderId } from '@shipline/contracts';
import { orderCancelling, orderParked, refundRequested } from '@shipline/contracts/events';
import { anEnvelope, lambdaContext, sqsEvent } from '@shipline/testing';
import { type TemporaryTable, temporaryTable } from '@shipline/testing/dynamodb-table';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DynamoDbLedger } from '../../src/adapters/dynamodb-ledger.js';
import { startStubGateway, stripeIntent } from '../adapters/stub-gateway.js';
import { order, orderId, paymentId, task, total } from '../builders.js';

let table: TemporaryTable;
let stub: Awaited<ReturnType<typeof startStubGateway>>;
const secrets = new SecretsManagerClient({});
const secretName = `gateway-${performance.now()}`;

beforeAll(async () => {
  table = await temporaryTable('payments', { key: ['pk', 'sk'] });
  stub = await startStubGateway();
  const { ARN = '' } = await secrets.send(
    new CreateSecretCommand({ Name: secretName, SecretString: JSON.stringify({ apiKey: 'sk_live' }) }),
  );
  vi.stubEnv('TABLE_NAME', table.tableName);
  vi.stubEnv('GATEWAY_URL', stub.url);
  vi.stubEnv('GATEWAY_SECRET_ARN', ARN);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await secrets.send(new DeleteSecretCommand({ SecretId: secretName, ForceDeleteWithoutRecovery: true }));
  await Promise.all([table.drop(), stub.close()]);
});

const ok = (overrides: Record<string, unknown>) => ({ status: 200, body: stripeIntent(overrides) });
const refund = {
  id: 're_1',
  object: 'refund',
  status: 'succeeded',
  amount: 2800,
  currency: 'usd',
  metadata: {},
};

it('a checkout’s way through the functions, each wired as it is deployed', async () => {
  const [authorise, capture, lookUp, cancelling, refunding] = await Promise.all([
    import('../../src/functions/tasks/authorise.js'),
    import('../../src/functions/tasks/capture.js'),
    import('../../src/functions/tasks/look-up.js'),
    import('../../src/functions/on-order-cancelling.js'),
    import('../../src/functions/on-refund-requested.js'),
  ]);
  const context = lambdaContext();
  expect(await lookUp.handler(task, context)).toEqual({ state: 'none' });

  stub.answer(
    ok({ status: 'requires_confirmation' }),
    ok({}),
    ok({ status: 'succeeded', amount_received: 2800 }),
  );
  expect(await authorise.handler(order, context)).toEqual({ authorised: { paymentId } });
  expect(await capture.handler(task, context)).toEqual({ captured: { amount: total } });
  expect(await lookUp.handler(task, context)).toEqual({ state: 'captured', amount: total });
  expect(stub.requests.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer sk_live'));

  const cancelled = anEnvelope(orderCancelling, { data: { orderId, customerId: 'c', total } });
  expect(await cancelling.handler(sqsEvent(cancelled), context)).toEqual({ batchItemFailures: [] });
  const ledger = new DynamoDbLedger(table.documents, table.tableName);
  const requested = (await ledger.read(orderId)).at(-1);
  if (requested?.kind !== 'refund-requested') throw new TypeError(`not asked back: ${requested?.kind}`);
  stub.answer({ status: 200, body: refund });
  const { refundId } = requested;
  const asked = anEnvelope(refundRequested, { data: { orderId, paymentId, refundId, amount: total } });
  expect(await refunding.handler(sqsEvent(asked), context)).toEqual({ batchItemFailures: [] });

  expect((await ledger.read(orderId)).map(({ kind }) => kind)).toEqual([
    'opened',
    'authorised',
    'captured',
    'refund-requested',
    'refunded',
  ]);
});

it('an unknown outcome leaves the function under the name that the state machine retries', async () => {
  const { handler } = await import('../../src/functions/tasks/void-payment.js');
  const { handler: authorise } = await import('../../src/functions/tasks/authorise.js');
  const other = { ...task, orderId: orderId.replace(/7$/, '8') };
  stub.answer(ok({ status: 'requires_confirmation' }), ok({}), {
    status: 500,
    body: { error: { type: 'api_error' } },
  });
  await authorise({ ...order, ...other }, lambdaContext());

  await expect(handler(other, lambdaContext())).rejects.toMatchObject({ name: 'PaymentUnknown' });
});

const silent = { status: 500, body: { error: { type: 'api_error' } } };
const parked = (id: string) =>
  sqsEvent(
    anEnvelope(orderParked, {
      data: { orderId: OrderId.parse(id), customerId: 'c', reason: 'payment_unknown' },
    }),
  );
const kindsOf = async (id: string) =>
  (await new DynamoDbLedger(table.documents, table.tableName).read(OrderId.parse(id))).map(
    ({ kind }) => kind,
  );

it('an authorisation that turns up after its order was parked is voided, as soon as the gateway answers', async () => {
  const [authorise, capture, onOrderParked] = await Promise.all([
    import('../../src/functions/tasks/authorise.js'),
    import('../../src/functions/tasks/capture.js'),
    import('../../src/functions/on-order-parked.js'),
  ]);
  const late = { ...task, orderId: OrderId.parse(orderId.replace(/7$/, '9')) };
  const context = lambdaContext();
  stub.answer(ok({ status: 'requires_confirmation' }), silent);
  await expect(authorise.handler({ ...order, ...late }, context)).rejects.toMatchObject({
    name: 'PaymentUnknown',
  });

  stub.answer(silent);
  await expect(onOrderParked.handler(parked(late.orderId), context)).rejects.toMatchObject({
    name: 'PaymentUnknown',
  });
  stub.answer(ok({ status: 'requires_capture' }), ok({ status: 'canceled' }));
  expect(await onOrderParked.handler(parked(late.orderId), context)).toEqual({ batchItemFailures: [] });

  expect((await kindsOf(late.orderId)).at(-1)).toBe('voided');
  expect(await capture.handler(late, context)).toHaveProperty('notCapturable');
});

it('money that was captured stays when its order is parked, and the gateway is not asked', async () => {
  const { handler } = await import('../../src/functions/on-order-parked.js');
  const before = [await kindsOf(orderId), stub.requests.length];

  expect(await handler(parked(orderId), lambdaContext())).toEqual({ batchItemFailures: [] });

  expect(before[0]).toContain('captured');
  expect([await kindsOf(orderId), stub.requests.length]).toEqual(before);
});
