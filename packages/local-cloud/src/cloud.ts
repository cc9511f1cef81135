import { existsSync } from 'node:fs';
import { type CloudUrls, cloudPlace, cloudUrls } from './cloud-settings.js';
import { removeSavedState } from './saved-state.js';
import { endRecorded } from './server-attempt.js';
import { type CloudHealth, cloudHealth, wipeCloud } from './server-client.js';
import { memoryOf, type ServerMemory } from './server-memory.js';
import { type Ending, type Patience, serverProcesses } from './server-process.js';
import { runningServer } from './server-record.js';
import { stateLayout } from './state-directory.js';

export interface StateOptions {
  /** Default: `.shipline/cloud` in the repository. */
  readonly stateDir?: string | undefined;
}

/** `grace`: default 10 s. */
export interface StopOptions extends StateOptions, Partial<Patience> {}

export type CloudStatus =
  | { readonly state: 'stopped'; readonly stateDir: string }
  | {
      /** `unhealthy`: the process runs but does not answer (yet). */
      readonly state: 'running' | 'unhealthy';
      readonly stateDir: string;
      readonly urls: CloudUrls;
      readonly port: number;
      readonly pid: number;
      readonly uptimeSeconds: number;
      /** The server and all its workers. */
      readonly processes: number;
      readonly memory: ServerMemory;
      readonly logFile: string;
      readonly health?: CloudHealth;
    };

/**
 * Ends the server, which saves its state, and every worker process; clears away what a killed one left.
 * @returns how the server ended, if one ran.
 */
export function stopCloud({ stateDir, ...patience }: StopOptions = {}): Promise<Ending> {
  return endRecorded(cloudPlace({ stateDir }).stateDir, patience);
}

export async function cloudStatus({ stateDir: given }: StateOptions = {}): Promise<CloudStatus> {
  const { stateDir } = cloudPlace({ stateDir: given });
  const record = runningServer(stateDir);
  if (record === undefined) return { state: 'stopped', stateDir };
  const { pid, port, startedAt } = record;
  const health = await cloudHealth(port);
  const processes = serverProcesses(record, stateDir);
  return {
    state: health === undefined ? 'unhealthy' : 'running',
    stateDir,
    urls: cloudUrls(port),
    port,
    pid,
    uptimeSeconds: Math.max(0, Math.round((Date.now() - startedAt) / 1000)),
    processes: processes.length,
    memory: memoryOf(processes),
    logFile: stateLayout(stateDir).log,
    ...(health === undefined ? {} : { health }),
  };
}

/**
 * Wipes the cloud: every account's resources and objects. Of a stopped one the saved state is removed.
 * @returns `running` or `stopped`: what was wiped; `empty` when there was nothing.
 */
export async function resetCloud({
  stateDir: given,
}: StateOptions = {}): Promise<'running' | 'stopped' | 'empty'> {
  const { stateDir } = cloudPlace({ stateDir: given });
  const record = runningServer(stateDir);
  if (record !== undefined) {
    await wipeCloud(record.port);
    return 'running';
  }
  if (!existsSync(stateDir)) return 'empty';
  removeSavedState(stateDir);
  return 'stopped';
}
