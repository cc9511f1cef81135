import { expect, it } from 'vitest';
import { momentsOf } from '../../src/trace/merge.js';
import { execution, functionSegment, line, noon, orderId, otherId, trace } from './builders.js';

const nothing = { executions: [], traces: [], lines: [] };
const ended = (requestId: string, more: object = {}) =>
  line(150, { message: 'task', function_request_id: requestId, ms: 40, ...more });

it('puts what one invocation left in trace and log into one moment', () => {
  const moments = momentsOf(orderId, {
    ...nothing,
    traces: [trace('1-a', functionSegment('r1', { start: 20, ms: 130 }))],
    lines: [ended('r1', { outcome: 'captured', order_id: orderId, correlation_id: 'c' })],
  });

  expect(moments).toEqual([
    {
      at: noon + 20,
      tookMs: expect.closeTo(130),
      sources: ['trace', 'log'],
      where: 'shipline-local-payments-capture',
      what: 'task outcome=captured',
      failed: false,
    },
  ]);
});

it('knows an invocation that was not sampled by its last line, which says how long it took', () => {
  expect(momentsOf(orderId, { ...nothing, lines: [ended('r1')] })).toMatchObject([
    { at: noon + 110, tookMs: 40, sources: ['log'], what: 'task' },
  ]);
});

it('shows other lines as moments, and a line that is none of ours as it stands', () => {
  const raw = { at: noon + 5, functionName: 'f', text: `{ broken ${orderId}` };
  const failed = { level: 'ERROR', message: 'message failed', error: { name: 'TypeError', message: 'no' } };

  expect(momentsOf(orderId, { ...nothing, lines: [line(9, failed), raw] })).toMatchObject([
    { what: raw.text, failed: false },
    { what: 'message failed TypeError: no', failed: true },
  ]);
});

it('shows that an invocation failed by its last line alone', () => {
  const moments = momentsOf(orderId, { ...nothing, lines: [ended('r1', { level: 'ERROR' })] });

  expect(moments).toMatchObject([{ failed: true, sources: ['log'] }]);
});

it('leaves out what a batch or a linked trace did for other orders', () => {
  const call = {
    name: 'DynamoDB',
    namespace: 'aws',
    start_time: 1,
    end_time: 1.004,
    aws: { operation: 'PutItem' },
  };
  const message = (about: string, ...calls: object[]) => ({
    id: `message-${about}`,
    name: '## message',
    start_time: 1,
    end_time: 2,
    annotations: { order_id: about },
    subsegments: calls.map((one, index) => ({ ...call, id: `call-${about}-${index}`, ...one })),
  });
  const batch = { ...functionSegment('r1'), subsegments: [message(orderId, {}), message(otherId, {}, {})] };

  const moments = momentsOf(orderId, {
    ...nothing,
    traces: [trace('1-a', batch, functionSegment('r2', { about: otherId })), trace('1-b', batch)],
  });

  expect(moments).toMatchObject([{ calls: ['DynamoDB PutItem 4 ms'], sources: ['trace'], what: 'message' }]);
});

it.each([{ fault: true }, { error: true }, { throttle: true }])(
  'shows that an invocation failed by %j',
  (flag) => {
    const traces = [trace('1-a', functionSegment('r1', flag))];

    expect(momentsOf(orderId, { ...nothing, traces })).toMatchObject([{ failed: true }]);
  },
);

it('shows a call that had no answer, and one of another kind', () => {
  const calls = [
    { id: 'c1', name: 'DynamoDB', namespace: 'aws', start_time: 1 },
    {
      id: 'c2',
      name: 'stripe',
      namespace: 'remote',
      start_time: 1,
      end_time: 1.2,
      http: { request: { method: 'POST' } },
    },
  ];
  const segment = functionSegment('r1');
  const work = { ...segment.subsegments?.[0], id: 'w', name: '## task', start_time: 1, subsegments: calls };

  expect(
    momentsOf(orderId, { ...nothing, traces: [trace('1-a', { ...segment, subsegments: [work] })] }),
  ).toMatchObject([{ calls: ['DynamoDB no answer', 'stripe POST 200 ms'] }]);
});

it('tells a checkout by its states, the tries that failed and its end', () => {
  const at = (offset: number) => noon + offset;
  const events = [
    { at: at(0), type: 'ExecutionStarted' },
    { at: at(10), type: 'TaskStateEntered', state: 'Authorise' },
    { at: at(200), type: 'TaskFailed', error: 'PaymentUnknown' },
    { at: at(700), type: 'TaskStateExited', state: 'Authorise' },
    { at: at(710), type: 'TaskStateEntered', state: 'Capture' },
    { at: at(900), type: 'ExecutionFailed', error: 'Parked' },
  ];

  const moments = momentsOf(orderId, { ...nothing, executions: [execution({ status: 'FAILED', events })] });

  expect(moments.map(({ at: when, what, tookMs, failed }) => [when - noon, what, tookMs, failed])).toEqual([
    [0, `${orderId} started`, undefined, false],
    [10, 'Authorise', 690, false],
    [200, 'Authorise failed: PaymentUnknown', undefined, true],
    [710, 'Capture, not left', undefined, false],
    [900, `${orderId} ended: FAILED`, undefined, true],
  ]);
});

it('orders all sources by time, attempts of the checkout included', () => {
  const again = { name: `${orderId}.2`, startedAt: noon + 5_000, status: 'RUNNING', events: [] };
  const moments = momentsOf(orderId, {
    executions: [execution(), again],
    traces: [trace('1-a', functionSegment('r1', { start: 300 }))],
    lines: [ended('r2')],
  });

  expect(moments.map(({ at }) => at - noon)).toEqual([0, 110, 300, 900, 5_000]);
  expect(moments.at(-1)).toMatchObject({ what: `${orderId}.2 started`, sources: ['checkout'] });
});
