import { CloudWatchLogsClient, ResourceNotFoundException } from '@aws-sdk/client-cloudwatch-logs';
import { ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';
import { XRayClient } from '@aws-sdk/client-xray';
import { expect, it } from 'vitest';
import { collectOrderWay } from '../../src/trace/collect.js';
import { type Answers, answering, type Input } from '../answering.js';
import { functionSegment, noon, orderId } from './builders.js';

const HOUR = 3_600_000;
const settings = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

const absent = () => {
  throw new ExecutionDoesNotExist({ message: 'absent', $metadata: {} });
};
const outputs = {
  environment: 'local' as const,
  stateMachineArn: 'arn:aws:states:us-east-1:100000000001:stateMachine:shipline-local-checkout',
  functions: { OrdersApiFunction: 'shipline-local-orders-api' },
};

function setup({ sfn = {}, xray = {}, logs = {} }: { sfn?: Answers; xray?: Answers; logs?: Answers }) {
  const stepFunctions = answering(new SFNClient(settings), { DescribeExecution: absent, ...sfn });
  const rays = answering(new XRayClient(settings), xray);
  const cloudWatch = answering(new CloudWatchLogsClient(settings), logs);
  const clients = { stepFunctions: stepFunctions.client, xray: rays.client, logs: cloudWatch.client };
  const collect = (hours = 24) =>
    collectOrderWay(clients, outputs, { orderId, hours, now: new Date(noon + 100 * HOUR) });
  return { collect, sfn: stepFunctions.sent, xray: rays.sent, logs: cloudWatch.sent };
}

const started = ({ executionArn }: Input) =>
  String(executionArn).endsWith(orderId)
    ? { status: 'SUCCEEDED', startDate: new Date(noon), stopDate: new Date(noon + 900) }
    : absent();

it('knows nothing of an order that no source knows', async () => {
  const { collect, sfn } = setup({});

  expect(await collect()).toBeUndefined();
  expect(sfn.map(([, { executionArn }]) => String(executionArn).split(':').at(-1))).toEqual([
    orderId,
    ...[2, 3, 4, 5].map((attempt) => `${orderId}.${attempt}`),
  ]);
});

it('looks from shortly before the checkout on, six hours of X-Ray at a time', async () => {
  const { collect, xray, logs } = setup({ sfn: { DescribeExecution: started } });

  const way = await collect(13);

  const from = noon - 5 * 60_000;
  expect(way?.executions).toMatchObject([{ name: orderId, status: 'SUCCEEDED', startedAt: noon }]);
  expect(
    xray.map(([, { StartTime, EndTime }]) => [Number(StartTime) - from, Number(EndTime) - from]),
  ).toEqual([
    [0, 6 * HOUR],
    [6 * HOUR, 12 * HOUR],
    [12 * HOUR, 13 * HOUR],
  ]);
  expect(xray[0]?.[1]).toMatchObject({ FilterExpression: `annotation[order_id] = "${orderId}"` });
  expect(logs).toMatchObject([
    [
      'FilterLogEvents',
      {
        logGroupName: '/aws/lambda/shipline-local-orders-api',
        startTime: from,
        filterPattern: `"${orderId}"`,
      },
    ],
  ]);
});

it('looks back from now where no checkout began', async () => {
  const { collect, logs } = setup({});
  await collect(1);

  expect(logs).toMatchObject([
    ['FilterLogEvents', { startTime: noon + 99 * HOUR, endTime: noon + 100 * HOUR }],
  ]);
});

it('reads traces five at a time, and those that they are linked to once', async () => {
  const found = Array.from({ length: 6 }, (_, index) => `1-${index}`);
  const links = [{ trace_id: '1-upstream' }, { trace_id: '1-0' }];
  const { collect, xray } = setup({
    xray: {
      GetTraceSummaries: () => ({ TraceSummaries: found.map((Id) => ({ Id })) }),
      BatchGetTraces: ({ TraceIds }) => ({
        Traces: (TraceIds as string[]).map((Id) => ({
          Id,
          Segments: [{ Document: JSON.stringify({ ...functionSegment(Id), links }) }],
        })),
      }),
    },
  });

  const way = await collect(1);

  const asked = xray
    .filter(([operation]) => operation === 'BatchGetTraces')
    .map(([, input]) => input['TraceIds']);
  expect(asked).toEqual([found.slice(0, 5), found.slice(5), ['1-upstream']]);
  expect(way?.traces).toEqual([...found, '1-upstream']);
});

it('passes over a function that has no log yet, and over nothing else', async () => {
  const missing = new ResourceNotFoundException({ message: 'no group', $metadata: {} });
  const failing = (error: Error) => setup({ logs: { FilterLogEvents: () => Promise.reject(error) } });

  expect(await failing(missing).collect()).toBeUndefined();
  await expect(failing(new Error('denied')).collect()).rejects.toThrow('denied');
});

it('fails where an execution cannot be read for another reason than its absence', async () => {
  const denied = () => Promise.reject(new Error('denied'));

  await expect(setup({ sfn: { DescribeExecution: denied } }).collect()).rejects.toThrow('denied');
});
