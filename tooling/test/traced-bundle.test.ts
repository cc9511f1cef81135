import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { bundleService } from '../src/bundle-service.js';
import { parcelsCopy } from './bundled-parcels.js';

const header = (root: string, sampled: 0 | 1) =>
  `Root=1-67891233-${root.repeat(24)};Parent=53995c3f42cd8ad8;Sampled=${sampled}`;

interface Segment {
  readonly trace_id: string;
  readonly parent_id: string;
  readonly name: string;
  readonly in_progress?: boolean;
  readonly annotations?: Record<string, unknown>;
  readonly error?: boolean;
}

/** Listens as the X-Ray daemon does. */
async function daemon() {
  const socket = createSocket('udp4');
  const segments: Segment[] = [];
  socket.on('message', (message) => segments.push(JSON.parse(message.toString('utf8').split('\n')[1] ?? '')));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { segments, address: `127.0.0.1:${socket.address().port}` };
}

async function invoke(invocations: { trace: string; event: unknown }[], daemonAddress = '127.0.0.1:9') {
  const folder = parcelsCopy();
  await bundleService(folder);
  const bundle = join(folder, 'dist/functions/ship-parcel/index.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'fixtures/invoke.mjs'), bundle, JSON.stringify(invocations)],
    {
      env: {
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: 'ship-parcel',
        AWS_REGION: 'us-east-1',
        AWS_XRAY_DAEMON_ADDRESS: daemonAddress,
        LAMBDA_TASK_ROOT: '/var/task',
        POWERTOOLS_SERVICE_NAME: 'parcels',
      },
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { outcomes: unknown[]; loaded: string[] };
}

const order = (orderId: string) => ({ orderId });

it('does not load the tracer where nothing is sampled', async () => {
  const { outcomes, loaded } = await invoke([
    { trace: header('a', 0), event: order('ord_1') },
    { trace: '', event: order('ord_2') },
  ]);

  expect(outcomes).toEqual([{ shipped: 'ord_1' }, { shipped: 'ord_2' }]);
  expect(loaded).toContain('index.mjs');
  expect(loaded.filter((file) => /xray/.test(file))).toEqual([]);
});

it('sends a segment per sampled invocation, in the trace of each, findable by the order', async () => {
  const { segments, address } = await daemon();
  const { outcomes, loaded } = await invoke(
    [
      { trace: header('a', 0), event: order('ord_1') },
      { trace: header('b', 1), event: order('ord_2') },
      { trace: header('c', 1), event: order('ord_broken') },
    ],
    address,
  );

  expect(outcomes).toEqual([{ shipped: 'ord_1' }, { shipped: 'ord_2' }, { failed: 'The parcel is broken' }]);
  expect(loaded.some((file) => /^xray-.*\.mjs$/.test(file))).toBe(true);
  await vi.waitFor(() => expect(segments).toHaveLength(2));
  expect(segments).toMatchObject([
    {
      name: '## task',
      trace_id: `1-67891233-${'b'.repeat(24)}`,
      parent_id: '53995c3f42cd8ad8',
      annotations: { order_id: 'ord_2', Service: 'parcels' },
    },
    {
      name: '## task',
      trace_id: `1-67891233-${'c'.repeat(24)}`,
      annotations: { order_id: 'ord_broken' },
      error: true,
    },
  ]);
});
