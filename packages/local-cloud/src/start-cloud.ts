import { type CloudPlace, type CloudUrls, cloudPlace, cloudUrls } from './cloud-settings.js';
import { LocalCloudError } from './errors.js';
import { withFileLock } from './file-lock.js';
import { requirementsFile } from './paths.js';
import { assertPortsFree } from './ports.js';
import { isRunning } from './process-table.js';
import { ensureVenv } from './python-venv.js';
import { pinnedMiniStack } from './saved-state.js';
import { endRecorded } from './server-attempt.js';
import { waitUntilHealthy } from './server-client.js';
import type { CloudRuntime } from './server-process.js';
import { isServerRunning, readServerRecord } from './server-record.js';
import { startOnSavedState } from './start-on-saved-state.js';
import { stateLayout } from './state-directory.js';

export interface StartOptions {
  /** Base port; default: `SHIPLINE_CLOUD_PORT`, else 4566. */
  readonly port?: number | undefined;
  /** Default: `.shipline/cloud` in the repository. */
  readonly stateDir?: string | undefined;
  /** Gets one progress line at a time. */
  readonly log: (line: string) => void;
  /** True: the server outlives this process. Default false: it ends with it, also when it is killed. */
  readonly detached?: boolean;
  /** Default: the virtual environment of this package, installed if need be. */
  readonly runtime?: CloudRuntime;
  /** Default: `process.env`; read for settings and the installation, never handed to the server as a whole. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds until the server must answer; default 30 s. */
  readonly timeout?: number;
}

export interface RunningCloud extends CloudPlace {
  readonly pid: number;
  readonly urls: CloudUrls;
  /** True when it ran before this call: whoever started it stops it. */
  readonly alreadyRunning: boolean;
  /** Settles with exit code or signal when the server ends; never for one that ran before this call. */
  readonly exited: Promise<number | NodeJS.Signals>;
}

const never = new Promise<never>(() => {});

/**
 * The server that runs on this directory already, if one does. What is left of an ended one is cleared
 * away: its workers, and a server that is on its way out because its starter was killed.
 * @throws {LocalCloudError} `STATE_IN_USE` when it runs on another port.
 */
async function findRunning(
  { port, stateDir }: CloudPlace,
  timeout: number,
): Promise<RunningCloud | undefined> {
  const record = readServerRecord(stateDir);
  if (record === undefined) return undefined;
  const isOrphan = record.parent !== undefined && !isRunning(record.parent);
  if (!isServerRunning(record) || isOrphan) {
    await endRecorded(stateDir);
    return undefined;
  }
  if (record.port !== port) {
    throw new LocalCloudError(
      'STATE_IN_USE',
      `The local cloud of ${stateDir} already runs on port ${record.port} (process ${record.pid}): use that port, or stop it first with \`pnpm cloud stop\`.`,
    );
  }
  await waitUntilHealthy(port, { timeout });
  return { port, stateDir, pid: record.pid, urls: cloudUrls(port), alreadyRunning: true, exited: never };
}

async function installRuntime(
  log: StartOptions['log'],
  env: NonNullable<StartOptions['env']>,
): Promise<CloudRuntime> {
  const title = "the local cloud's Python packages";
  const { python } = await ensureVenv({ name: 'local-cloud', title, requirementsFile, log, env });
  return { python };
}

/**
 * Starts the local cloud and returns once it answers; one that runs already on this state directory and
 * port is returned as it is.
 * @throws {LocalCloudError} one sentence with the way out.
 */
export async function startCloud(options: StartOptions): Promise<RunningCloud> {
  const { log, detached = false, env = process.env, timeout = 30_000 } = options;
  if (process.platform === 'win32') {
    throw new LocalCloudError(
      'PLATFORM_UNSUPPORTED',
      'The local cloud runs on Linux and macOS; on Windows, run it in WSL.',
    );
  }
  const place = cloudPlace(options, env);
  const runtime = options.runtime ?? (await installRuntime(log, env));
  const onWait = (holder: string) => log(`Waiting for ${holder}, which starts the local cloud`);
  return withFileLock(stateLayout(place.stateDir).lock, onWait, async () => {
    const running = await findRunning(place, timeout);
    if (running !== undefined) return running;
    await assertPortsFree(place.port);
    const ministack = pinnedMiniStack(requirementsFile);
    const server = await startOnSavedState({ ...place, runtime, detached, env, timeout, log, ministack });
    return { ...place, ...server, urls: cloudUrls(place.port), alreadyRunning: false };
  });
}
