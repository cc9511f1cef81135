import type { Command, Invocation } from './cli-arguments.js';
import { type CloudStatus, cloudStatus, resetCloud, stopCloud } from './cloud.js';
import { cloudPlace } from './cloud-settings.js';
import { LocalCloudError } from './errors.js';
import type { CloudRuntime, Ending } from './server-process.js';
import { runningServer } from './server-record.js';
import { startCloud } from './start-cloud.js';

type Run = Extract<Invocation, { kind: 'run' }>;

export interface CommandContext {
  /** Prints one result line to stdout. */
  readonly print: (line: string) => void;
  /** Prints one progress line to stderr. */
  readonly log: (line: string) => void;
  /** Default: the package's own virtual environment and extension. */
  readonly runtime?: CloudRuntime;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;

function duration(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return [hours && `${hours} h`, minutes && `${minutes} min`, `${seconds % 60} s`].filter(Boolean).join(' ');
}

function statusLines(status: CloudStatus): string[] {
  if (status.state === 'stopped') return [`The local cloud is stopped (state: ${status.stateDir}).`];
  const { urls, pid, uptimeSeconds, processes, memory, health, logFile, stateDir } = status;
  const doors =
    health?.frontDoors.map(({ port, host, target }) => `http://${host}:${port} -> ${target}`) ?? [];
  const rows: [string, string][] = [
    ['state', status.state === 'running' ? 'running' : `not answering (see ${logFile})`],
    ['url', urls.endpoint],
    ['process', `${pid}, up ${duration(uptimeSeconds)}`],
    ['versions', health ? `MiniStack ${health.ministack}, extension ${health.extension}` : 'unknown'],
    ['workers', `${processes - 1} processes ${JSON.stringify(health?.workers ?? {})}`],
    ['deployments', health ? `one minute takes ${health.minuteSeconds} s` : 'unknown'],
    ['front doors', doors.join(', ') || 'none'],
    ['memory', `${megabytes(memory.bytes)} (summed ${memory.kind.toUpperCase()} of ${processes} processes)`],
    ['state in', stateDir],
  ];
  return rows.map(([name, value]) => `${name.padEnd(12)}${value}`);
}

/** Stop, status and reset find the server by its state directory; a `--port` that contradicts it is a mistake. */
function assertSamePort({ port, stateDir }: Run): void {
  const place = cloudPlace({ stateDir });
  const record = runningServer(place.stateDir);
  if (port === undefined || record === undefined || record.port === port) return;
  throw new LocalCloudError(
    'NOT_RUNNING',
    `The local cloud of ${place.stateDir} runs on port ${record.port}, not ${port}: name its --state-dir or leave --port out.`,
  );
}

async function start({ port, stateDir }: Run, { print, log, runtime }: CommandContext): Promise<void> {
  const cloud = await startCloud({ port, stateDir, log, detached: true, ...(runtime && { runtime }) });
  const state = cloud.alreadyRunning ? 'is already running' : 'runs';
  print(`The local cloud ${state} at ${cloud.urls.endpoint} (process ${cloud.pid}).`);
}

async function stop(run: Run, { print, log }: CommandContext): Promise<void> {
  assertSamePort(run);
  const done = {
    ended: 'The local cloud is stopped; its state is saved.',
    killed: 'The local cloud hung and was killed: what it changed after its last save is lost.',
    'not-running': 'The local cloud was not running.',
  } as const satisfies Record<Ending, string>;
  print(done[await stopCloud({ stateDir: run.stateDir, log })]);
}

async function status(run: Run, { print }: CommandContext): Promise<void> {
  assertSamePort(run);
  const result = await cloudStatus(run);
  if (run.json) print(JSON.stringify(result, null, 2));
  else for (const line of statusLines(result)) print(line);
}

async function reset(run: Run, { print }: CommandContext): Promise<void> {
  assertSamePort(run);
  const done = {
    running: 'The running local cloud is empty again.',
    stopped: 'The saved state of the stopped local cloud is removed.',
    empty: 'The local cloud has no state.',
  };
  print(done[await resetCloud(run)]);
}

const actions: Record<Command, (run: Run, context: CommandContext) => Promise<void>> = {
  start,
  stop,
  status,
  reset,
};

/** @throws {LocalCloudError} one sentence with the way out. */
export function runCommand(run: Run, context: CommandContext): Promise<void> {
  return actions[run.command](run, context);
}
