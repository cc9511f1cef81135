import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { stopCloud } from '../src/cloud.js';
import { packageDirectory } from '../src/paths.js';
import { cloudHealth } from '../src/server-client.js';
import type { CloudRuntime } from '../src/server-process.js';
import { type StartOptions, startCloud } from '../src/start-cloud.js';
import { stateLayout } from '../src/state-directory.js';
import { realPython } from './fake-python.js';
import { temporaryFolder } from './temporary.js';

/** The fake extension on this machine's Python: the real one's contract without MiniStack. */
export const fakeRuntime: CloudRuntime = {
  python: realPython,
  extension: join(packageDirectory, 'test/fake-extension'),
};

export function listen(port: number, host = '127.0.0.1'): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.end());
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => resolve(server));
  });
}

/** The first of three free ports in a row, below the range that the system hands out by itself. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const base = 10_000 + Math.floor(Math.random() * 20_000);
    const servers = await Promise.all([listen(base), listen(base + 1), listen(base + 2)]);
    for (const server of servers) server?.close();
    if (servers.every((server) => server !== undefined)) return base;
  }
}

export type Behaviour =
  | 'crash'
  | 'crash-on-state'
  | 'wrong-version'
  | 'silent'
  | 'deaf'
  | 'slow-to-save'
  | 'lost-state'
  | '';

/** A place for one cloud, which is stopped and removed after the test. */
export async function cloudSetup() {
  const stateDir = temporaryFolder();
  onTestFinished(async () => {
    misbehave('');
    await stopCloud({ stateDir, grace: 500 });
  });
  const port = await freePorts();
  const lines: string[] = [];
  const layout = stateLayout(stateDir);
  function misbehave(behaviour: Behaviour) {
    mkdirSync(layout.home, { recursive: true });
    writeFileSync(join(layout.home, 'behaviour'), behaviour);
  }
  const options = { port, stateDir, runtime: fakeRuntime, env: {}, log: (line: string) => lines.push(line) };
  const start = (extra: Partial<StartOptions> = {}) => startCloud({ ...options, ...extra });
  return { stateDir, port, lines, layout, misbehave, options, start };
}

/** The fake's own report in the health endpoint. */
export interface FakeWorkers {
  readonly pid: number;
  readonly node: string;
  readonly environment: readonly string[];
  readonly hadState: boolean;
  readonly resets: number;
}

/** @throws when no cloud answers at this port. */
export async function fakeWorkersAt(port: number): Promise<FakeWorkers> {
  const health = await cloudHealth(port);
  if (health === undefined) throw new Error(`No cloud answers at port ${port}.`);
  return health.workers as FakeWorkers; // the fake extension's own shape
}
