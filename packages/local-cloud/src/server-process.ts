import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudPlace } from './cloud-settings.js';
import { packageDirectory, repositoryRoot } from './paths.js';
import { allProcesses, findProcess, type ProcessRow } from './process-table.js';
import { lastSavedAt } from './saved-state.js';
import { prepareFolders, serverEnvironment } from './server-environment.js';
import { isServerRunning, type ServerRecord, serverModule, writeServerRecord } from './server-record.js';
import { stateLayout } from './state-directory.js';

const watcher = join(packageDirectory, 'src/run_until_parent_ends.py');
const pollMilliseconds = 20;

/** What the server runs on. */
export interface CloudRuntime {
  /** The interpreter of the virtual environment. */
  readonly python: string;
  /** The folder with the module `shipline_cloud`; default: this package's `extension`. */
  readonly extension?: string;
}

export interface Launch extends CloudPlace {
  readonly runtime: CloudRuntime;
  readonly detached: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface LaunchedServer {
  readonly pid: number;
  /** Settles when the server ends: its exit code, or the signal that killed it. */
  readonly exited: Promise<number | NodeJS.Signals>;
}

/**
 * Starts the server as leader of a process group of its own, so that a terminal's Ctrl-C does not reach it
 * before its starter has finished with it, and so that it can be ended together with its workers. One that
 * is not detached holds this process's pipe, ends when the pipe does, and keeps this process running.
 */
export function launchServer(launch: Launch): LaunchedServer {
  const { stateDir, runtime, detached, env } = launch;
  prepareFolders(stateDir);
  const { log, previousLog } = stateLayout(stateDir);
  if (existsSync(log)) renameSync(log, previousLog);
  const output = openSync(log, 'w');
  const child = spawn(runtime.python, detached ? ['-m', serverModule] : [watcher, serverModule], {
    cwd: stateDir,
    detached: true,
    env: serverEnvironment(launch, { env, extension: runtime.extension }),
    stdio: [detached ? 'ignore' : 'pipe', output, output],
  });
  closeSync(output);
  const exited = whenExited(child);
  if (detached) child.unref();
  const pid = child.pid ?? 0;
  const row = findProcess(pid);
  const parent = detached ? undefined : findProcess(process.pid);
  if (row !== undefined) {
    const { started } = row;
    const attachment = parent === undefined ? {} : { parent: { pid: parent.pid, started: parent.started } };
    writeServerRecord(stateDir, { pid, started, port: launch.port, startedAt: Date.now(), ...attachment });
  }
  return { pid, exited };
}

function whenExited(child: ChildProcess): Promise<number | NodeJS.Signals> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 1));
  });
}

/** The server's group: itself and its workers; of a dead server, the workers that outlived it. */
export function serverProcesses(record: ServerRecord, stateDir: string): ProcessRow[] {
  const group = allProcesses().filter((row) => row.group === record.pid);
  if (isServerRunning(record)) return group;
  // Another program has the pid now, so the old group is gone: a pid is not reused while its group lives.
  if (findProcess(record.pid) !== undefined) return [];
  return group.filter(({ command }) => command.includes(stateDir) || command.includes(repositoryRoot));
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // nothing of it is left
  }
}

async function waitFor(condition: () => boolean, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await sleep(pollMilliseconds);
  }
  return true;
}

/** `killed`: it hung, so what it had not saved is lost. */
export type Ending = 'not-running' | 'ended' | 'killed';

export interface Patience {
  /** Milliseconds without a sign of saving until the server is killed. */
  readonly grace: number;
  /** Gets a line when saving takes longer than that. */
  readonly log?: (line: string) => void;
}

/** A server that saves is left to it, however long that takes: each service's file is a sign of life. */
async function savedAndEnded(record: ServerRecord, stateDir: string, patience: Patience): Promise<boolean> {
  const { grace, log } = patience;
  let lastSign = Date.now();
  while (!(await waitFor(() => !isServerRunning(record), lastSign + grace - Date.now()))) {
    const saved = lastSavedAt(stateDir);
    if (saved <= lastSign) return false;
    lastSign = saved;
    log?.('The local cloud is still saving its state');
  }
  return true;
}

/**
 * Asks the server to end, which saves its state; kills what is left of its group when it hangs.
 * Never touches a program that merely has the pid of an old server.
 */
export async function endServer(record: ServerRecord, stateDir: string, patience: Patience): Promise<Ending> {
  let ending: Ending = 'not-running';
  if (isServerRunning(record)) {
    signalProcess(record.pid, 'SIGTERM');
    ending = (await savedAndEnded(record, stateDir, patience)) ? 'ended' : 'killed';
    signalProcess(-record.pid, 'SIGKILL'); // the group, which was ours a moment ago
  }
  for (const { pid } of serverProcesses(record, stateDir)) signalProcess(pid, 'SIGKILL');
  await waitFor(() => serverProcesses(record, stateDir).length === 0, 5_000);
  return ending;
}

/** The end of the running or last server's log. */
export function lastLogLines(stateDir: string, count: number): string {
  const { log } = stateLayout(stateDir);
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count).join('\n') : '';
}
