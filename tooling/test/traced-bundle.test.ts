import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { orderConfirmed } from '@shipline/contracts/events';
import { anEnvelope, sqsEvent, streamEvent } from '@shipline/testing';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { bundleService } from '../src/bundle-service.js';
import { parcelsCopy } from './bundled-parcels.js';

/** Bundled once: the tests only run it. */
const parcels = parcelsCopy(afterAll);
beforeAll(() => bundleService(parcels));

interface Segment {
  readonly id: string;
  readonly name: string;
}

/** Listens as the X-Ray daemon does. */
async function daemon() {
  const socket = createSocket('udp4');
  const segments: Segment[] = [];
  socket.on('message', (message) => segments.push(JSON.parse(message.toString('utf8').split('\n')[1] ?? '')));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => {
    socket.close();
  });
  return { segments, AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${socket.address().port}` };
}

/** Answers every call of an AWS client with an empty object. */
async function emptyCloud() {
  const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function invoke(name: string, invocations: unknown[], env: Record<string, string> = {}) {
  const bundle = join(parcels, 'dist/functions', name, 'index.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'fixtures/invoke.mjs'), bundle, JSON.stringify(invocations)],
    {
      env: {
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_REGION: 'us-east-1',
        LAMBDA_TASK_ROOT: '/var/task',
        POWERTOOLS_SERVICE_NAME: 'parcels',
        ...env,
      },
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { outcomes: unknown[]; loaded: string[] };
}

const traceId = (letter: string) => `1-67891233-${letter.repeat(24)}`;
const trace = (letter: string, sampled: 0 | 1) =>
  `Root=${traceId(letter)};Parent=53995c3f42cd8ad8;Sampled=${sampled}`;
const ship = (orderId: string, header: string) => ({ trace: header, event: { orderId } });

it('does not load the tracer where nothing is sampled', async () => {
  const { outcomes, loaded } = await invoke('ship-parcel', [ship('ord_1', trace('a', 0)), ship('ord_2', '')]);

  expect(outcomes).toEqual([{ shipped: 'ord_1' }, { shipped: 'ord_2' }]);
  expect(loaded).toContain('index.mjs');
  expect(loaded.filter((file) => /xray/.test(file))).toEqual([]);
});

it('sends a segment per sampled invocation, in the trace of each, findable by the order', async () => {
  const { segments, ...env } = await daemon();
  const invocations = [
    ship('ord_1', trace('a', 0)),
    ship('ord_2', trace('b', 1)),
    ship('ord_broken', trace('c', 1)),
  ];
  const { outcomes, loaded } = await invoke('ship-parcel', invocations, env);

  expect(outcomes).toEqual([{ shipped: 'ord_1' }, { shipped: 'ord_2' }, { failed: 'The parcel is broken' }]);
  expect(loaded.some((file) => /^xray-.*\.mjs$/.test(file))).toBe(true);
  await vi.waitFor(() => expect(segments).toHaveLength(2));
  expect(segments).toMatchObject([
    {
      name: '## task',
      trace_id: traceId('b'),
      parent_id: '53995c3f42cd8ad8',
      annotations: { order_id: 'ord_2', Service: 'parcels' },
    },
    { name: '## task', trace_id: traceId('c'), annotations: { order_id: 'ord_broken' }, error: true },
  ]);
});

it('shows the calls of AWS clients that were made before the tracer was loaded', async () => {
  const { segments, ...env } = await daemon();
  await invoke('ship-parcel', [ship('ord_stored', trace('a', 1))], { ...env, ...(await emptyCloud()) });
  const named = (name: string) => segments.find((segment) => segment.name === name);

  await vi.waitFor(() => expect(named('## task')).toBeDefined());
  expect(named('DynamoDB')).toMatchObject({
    namespace: 'aws',
    parent_id: named('## task')?.id,
    aws: { operation: 'GetItem' },
  });
});

it('finds each order of a batch by a segment of its own', async () => {
  const { segments, ...env } = await daemon();
  const about = (subject: string) => anEnvelope(orderConfirmed, { id: subject, subject });
  const event = sqsEvent(about('ord_1'), about('ord_2'));
  await invoke('on-order-confirmed', [{ trace: trace('a', 1), event }], env);

  await vi.waitFor(() => expect(segments).toHaveLength(3));
  expect(segments).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: '## batch' }),
      ...['ord_1', 'ord_2'].map((order_id) =>
        expect.objectContaining({ name: '## message', annotations: expect.objectContaining({ order_id }) }),
      ),
    ]),
  );
});

it('finds each order of a relayed batch by a segment of its own', async () => {
  const { segments, ...env } = await daemon();
  const event = streamEvent(
    ...['ord_1', 'ord_2'].map((subject) => ({ newImage: { ...anEnvelope(orderConfirmed, { subject }) } })),
  );
  await invoke('relay', [{ trace: trace('a', 1), event }], { ...env, ...(await emptyCloud()) });

  await vi.waitFor(() => expect(segments.map(({ name }) => name)).toContain('## relay'));
  expect(segments.filter(({ name }) => name === '## event')).toMatchObject([
    { trace_id: traceId('a'), annotations: { order_id: 'ord_1', event_id: 'ord_1' } },
    { trace_id: traceId('a'), annotations: { order_id: 'ord_2', event_id: 'ord_2' } },
  ]);
});
