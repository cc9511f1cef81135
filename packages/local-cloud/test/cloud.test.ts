import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { cloudStatus, resetCloud, stopCloud } from '../src/cloud.js';
import { findProcess } from '../src/process-table.js';
import { cloudHealth, openFrontDoors, waitUntilHealthy } from '../src/server-client.js';
import { writeServerRecord } from '../src/server-record.js';
import { cloudSetup, fakeWorkersAt, freePorts } from './fake-cloud.js';
import { temporaryFolder } from './temporary.js';

/** A harmless program of somebody else, leader of its own group. */
function bystander() {
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const pid = child.pid ?? 0;
  return { pid, started: findProcess(pid)?.started ?? '' };
}

test('reports URL, process, versions, workers, doors and memory', async () => {
  const { start, stateDir, port } = await cloudSetup();
  const { pid } = await start();

  const status = await cloudStatus({ stateDir });

  expect(status).toMatchObject({
    state: 'running',
    pid,
    port,
    stateDir,
    processes: 2,
    uptimeSeconds: expect.any(Number),
    health: { ministack: '1.5.33', extension: '0.0.0', frontDoors: [] },
  });
  // A Python and a Node process together take more than 10 MB and less than 1 GB.
  const { memory } = status as Extract<typeof status, { pid: number }>;
  expect(memory.bytes).toBeGreaterThan(10e6);
  expect(memory.bytes).toBeLessThan(1e9);
});

test('stops the server gracefully and its stubborn workers by force', async () => {
  const { start, stateDir, port, layout } = await cloudSetup();
  const cloud = await start();
  const { pid: worker } = await fakeWorkersAt(port);

  expect(await stopCloud({ stateDir })).toBe('ended');

  expect(await cloud.exited).toBe(0);
  expect(findProcess(worker)).toBeUndefined();
  expect(readdirSync(layout.services)).toEqual(['sqs.json']);
  expect(await cloudStatus({ stateDir })).toEqual({ state: 'stopped', stateDir });
});

test('kills a server that does not end within the grace', async () => {
  const { start, stateDir, misbehave } = await cloudSetup();
  misbehave('deaf');
  const cloud = await start();

  expect(await stopCloud({ stateDir, grace: 100 })).toBe('killed');
  expect(await cloud.exited).toBe('SIGKILL');
});

test('lets a server save as long as it takes, and says so', async () => {
  const { start, stateDir, misbehave, lines, layout } = await cloudSetup();
  misbehave('slow-to-save');
  await start();

  const ending = await stopCloud({ stateDir, grace: 500, log: (line) => lines.push(line) });

  expect(ending).toBe('ended');
  expect(lines).toContain('The local cloud is still saving its state');
  expect(readdirSync(layout.services)).toContain('sqs.json');
});

test('has nothing to stop where nothing was started', async () => {
  expect(await stopCloud({ stateDir: temporaryFolder() })).toBe('not-running');
});

test.each([
  ['an old server', (pid: number) => ({ pid, started: 'long ago' })],
  ['a record that somebody wrote', (pid: number) => ({ pid, started: findProcess(pid)?.started ?? '' })],
])('never kills another program that has the pid of %s', async (_, identify) => {
  const stateDir = temporaryFolder();
  const { pid } = bystander();
  writeServerRecord(stateDir, { ...identify(pid), port: 1, startedAt: 0 });

  expect(await stopCloud({ stateDir })).toBe('not-running');

  expect(findProcess(pid)).toBeDefined();
  expect(await cloudStatus({ stateDir })).toMatchObject({ state: 'stopped' });
});

test('treats a record that was cut short as none', async () => {
  const { stateDir, layout, start } = await cloudSetup();
  writeFileSync(layout.record, '{"pid": 12');

  expect(await cloudStatus({ stateDir })).toMatchObject({ state: 'stopped' });
  expect(await start()).toMatchObject({ alreadyRunning: false });
});

test('opens front doors and says which request is refused, and why', async () => {
  const { start, port } = await cloudSetup();
  await start();
  const door = { port: port + 1, target: 'd1.cloudfront.net', host: 'localhost' };

  await openFrontDoors(port, [door]);

  expect(await cloudHealth(port)).toMatchObject({ frontDoors: [door] });
  const another = { port: await freePorts(), target: 'd2.cloudfront.net', host: 'localhost' };
  await openFrontDoors(port, [another]);
  const open = (await cloudHealth(port))?.frontDoors ?? [];
  expect(open.map(({ target }) => target).toSorted()).toEqual(['d1.cloudfront.net', 'd2.cloudfront.net']);
  const broken = { port: port + 2, host: 'localhost' } as typeof door;
  await expect(openFrontDoors(port, [broken])).rejects.toThrowError(
    expect.objectContaining({
      code: 'REQUEST_REFUSED',
      message: expect.stringContaining('a door needs a target'),
    }),
  );
});

test('says that no cloud answers', async () => {
  const port = await freePorts();

  await expect(openFrontDoors(port, [])).rejects.toThrowError(
    `No local cloud answers at port ${port}: start it with \`pnpm cloud start\`.`,
  );
  await expect(waitUntilHealthy(port, { timeout: 100 })).rejects.toThrowError(
    `port ${port} did not answer within 0.1 s`,
  );
});

test('resets a running cloud through its endpoint and a stopped one on disk', async () => {
  const { start, stateDir, port, layout } = await cloudSetup();
  await start();
  expect(await resetCloud({ stateDir })).toBe('running');
  expect(await fakeWorkersAt(port)).toMatchObject({ resets: 1 });

  await stopCloud({ stateDir });
  expect(readdirSync(layout.services)).toEqual(['sqs.json']);
  expect(await resetCloud({ stateDir })).toBe('stopped');

  await start();
  expect(await cloudStatus({ stateDir })).toMatchObject({ health: { workers: { hadState: false } } });
});
