import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cloudStatus, stopCloud } from '../src/cloud.js';
import { findProcess } from '../src/process-table.js';
import { cloudHealth } from '../src/server-client.js';
import { readServerRecord, writeServerRecord } from '../src/server-record.js';
import { cloudSetup, fakeRuntime, fakeWorkersAt, freePorts, listen } from './fake-cloud.js';
import { realPython } from './fake-python.js';
import { runScript } from './scripts.js';
import { until } from './temporary.js';

test('starts the server on 127.0.0.1 and returns once it answers', async () => {
  const { start, port } = await cloudSetup();

  const cloud = await start();

  expect(cloud).toMatchObject({
    port,
    alreadyRunning: false,
    urls: { endpoint: `http://127.0.0.1:${port}` },
  });
  expect(await cloudHealth(port)).toMatchObject({ ministack: '1.5.33' });
});

test('gives the server its contract and nothing of the host, with Node 24 for the functions', async () => {
  const { start, port } = await cloudSetup();
  const env = {
    AWS_PROFILE: 'prod',
    AWS_SESSION_TOKEN: 'secret',
    HTTPS_PROXY: 'http://proxy',
    NODE_OPTIONS: '--inspect',
  };

  await start({ env });

  const { environment, node } = await fakeWorkersAt(port);
  // LC_CTYPE is Python's own doing.
  expect(environment.filter((name) => name !== 'LC_CTYPE')).toEqual([
    'BIND_HOST',
    'GATEWAY_PORT',
    'HOME',
    'IOT_MTLS_ENABLED',
    'LAMBDA_WARM_TTL_SECONDS',
    'PATH',
    'PERSIST_STATE',
    'PYTHONPATH',
    'S3_DATA_DIR',
    'S3_PERSIST',
    'SHIPLINE_FRONT_DOORS_FILE',
    'SHIPLINE_MAX_WORKERS',
    'SHIPLINE_MINUTE_SECONDS',
    'SHIPLINE_TRACE_RATE',
    'STATE_DIR',
    'TMPDIR',
  ]);
  expect(node).toMatch(/^v24\./);
});

test('lets unpacked functions be CommonJS where they do not say otherwise, also below an ESM package', async () => {
  const { start, stateDir } = await cloudSetup();

  await start();

  const nearest = readFileSync(join(stateDir, 'tmp/package.json'), 'utf8');
  expect(JSON.parse(nearest)).toEqual({ type: 'commonjs' });
});

test('returns the cloud that runs already, also to two starts at once', async () => {
  const { start } = await cloudSetup();

  const [one, two] = await Promise.all([start(), start()]);

  expect(one.pid).toBe(two.pid);
  expect([one.alreadyRunning, two.alreadyRunning].sort()).toEqual([false, true]);
});

test('refuses a second port for a state directory in use', async () => {
  const { start, port, stateDir } = await cloudSetup();
  const { pid } = await start();

  await expect(start({ port: await freePorts() })).rejects.toThrowError(
    expect.objectContaining({
      code: 'STATE_IN_USE',
      message: `The local cloud of ${stateDir} already runs on port ${port} (process ${pid}): use that port, or stop it first with \`pnpm cloud stop\`.`,
    }),
  );
});

test.each([0, 1, 2])('names an occupied port (base + %i) and the way out', async (offset) => {
  const { start, port } = await cloudSetup();
  const occupant = await listen(port + offset);
  onTestFinished(() => void occupant?.close());

  await expect(start()).rejects.toThrowError(
    expect.objectContaining({
      code: 'PORT_IN_USE',
      message: expect.stringMatching(
        new RegExp(
          `^Port ${port + offset} \\(.+\\) is in use by another program: stop that one, or move the local cloud with SHIPLINE_CLOUD_PORT=\\d+ \\(it takes 3 ports in a row\\)\\.$`,
        ),
      ),
    }),
  );
});

test('says when the port belongs to a cloud with another state directory', async () => {
  const first = await cloudSetup();
  const second = await cloudSetup();
  await first.start();

  await expect(second.start({ port: first.port })).rejects.toThrowError(
    expect.objectContaining({
      message: expect.stringContaining('in use by a Shipline cloud with another state directory'),
    }),
  );
});

test('shows the end of the log of a server that crashes, and leaves nothing running', async () => {
  const { start, misbehave, stateDir, layout } = await cloudSetup();
  misbehave('crash');

  await expect(start()).rejects.toThrowError(
    expect.objectContaining({
      code: 'START_FAILED',
      message: `The local cloud did not start: it ended with 1; the end of ${layout.log}:\nTraceback: the planted crash`,
    }),
  );
  expect(await cloudStatus({ stateDir })).toMatchObject({ state: 'stopped' });
});

test('ends a server that never answers', async () => {
  const { start, misbehave, stateDir } = await cloudSetup();
  misbehave('silent');

  await expect(start({ timeout: 300 })).rejects.toThrowError(/did not start: it did not answer in time/);
  expect(await cloudStatus({ stateDir })).toMatchObject({ state: 'stopped' });
});

test('passes on what the server says of a wrong MiniStack', async () => {
  const { start, misbehave } = await cloudSetup();
  misbehave('wrong-version');

  await expect(start()).rejects.toThrowError(
    expect.objectContaining({
      code: 'VERSION_MISMATCH',
      message: 'The local cloud did not start: This extension was made for MiniStack 1.5.33, not 9.9.9.',
    }),
  );
});

test('recovers from an interpreter that is not there', async () => {
  const { start } = await cloudSetup();
  await expect(start({ runtime: { python: '/nowhere/python' } })).rejects.toThrowError(/it ended with 127/);

  await expect(start()).resolves.toMatchObject({ alreadyRunning: false });
});

test('ends server and workers when the process that started them is killed, and saves the state', async () => {
  const { port, stateDir, layout } = await cloudSetup();
  const { extension = '' } = fakeRuntime;
  const starter = runScript('test/start-cloud-script.ts', [String(port), stateDir, realPython, extension]);
  await until(() => starter.output().includes('started'), 'the cloud has started');
  const { pid: worker } = await fakeWorkersAt(port);
  const server = Number(/started (\d+)/.exec(starter.output())?.[1]);

  starter.child.kill('SIGKILL');

  await until(() => findProcess(server) === undefined, 'the server has ended');
  await until(() => findProcess(worker) === undefined, 'the worker has ended');
  expect(readdirSync(layout.services)).toEqual(['sqs.json']);
});

test('lets a detached server outlive its starter', async () => {
  const { start, stateDir, port } = await cloudSetup();
  const { pid } = await start({ detached: true });

  expect(findProcess(pid)?.command).toContain('-m shipline_cloud');
  expect(await stopCloud({ stateDir })).toBe('ended');
  expect(await cloudHealth(port)).toBeUndefined();
});

test('clears away the workers of a server that was killed before it starts the next', async () => {
  const { start, port, stateDir } = await cloudSetup();
  const killed = await start();
  const { pid: orphan } = await fakeWorkersAt(port);
  process.kill(killed.pid, 'SIGKILL');
  await killed.exited;
  expect(findProcess(orphan)).toBeDefined();

  const { pid } = await start();

  expect(pid).not.toBe(killed.pid);
  expect(findProcess(orphan)).toBeUndefined();
  expect(existsSync(join(stateDir, 'server.json'))).toBe(true);
});

test('waits for a server whose starter was killed, and starts on what it saves', async () => {
  const { start, stateDir, port } = await cloudSetup();
  const leaving = await start();
  const record = readServerRecord(stateDir);
  if (record === undefined) throw new Error('The server has no record.');
  writeServerRecord(stateDir, { ...record, parent: { pid: process.pid, started: 'before' } });

  const { pid, alreadyRunning } = await start();

  expect({ alreadyRunning, isNew: pid !== leaving.pid }).toEqual({ alreadyRunning: false, isNew: true });
  expect(await leaving.exited).toBe(0);
  expect(await fakeWorkersAt(port)).toMatchObject({ hadState: true });
});
