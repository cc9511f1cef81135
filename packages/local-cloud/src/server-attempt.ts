import { LocalCloudError, type LocalCloudErrorCode } from './errors.js';
import { waitUntilHealthy } from './server-client.js';
import {
  type Ending,
  endServer,
  type Launch,
  type LaunchedServer,
  lastLogLines,
  launchServer,
  type Patience,
} from './server-process.js';
import { readServerRecord, removeServerRecord } from './server-record.js';
import { stateLayout } from './state-directory.js';

/** Milliseconds without a sign of saving until a server that was told to end is killed. */
export const defaultGrace = 10_000;

export interface Attempt extends Launch {
  /** Milliseconds until the server must answer. */
  readonly timeout: number;
}

/** Exit codes with which the extension says, in one sentence on stderr, why it does not start. */
const refusals = new Map<number | NodeJS.Signals | 'silence', LocalCloudErrorCode>([
  [2, 'SETTING_INVALID'],
  [3, 'VERSION_MISMATCH'],
]);

function explain(stateDir: string, ending: number | NodeJS.Signals | 'silence'): LocalCloudError {
  const refusal = refusals.get(ending);
  if (refusal !== undefined) {
    return new LocalCloudError(refusal, `The local cloud did not start: ${lastLogLines(stateDir, 1)}`);
  }
  const reason = ending === 'silence' ? 'it did not answer in time' : `it ended with ${ending}`;
  const { log } = stateLayout(stateDir);
  const tail = lastLogLines(stateDir, 15);
  return new LocalCloudError(
    'START_FAILED',
    `The local cloud did not start: ${reason}; the end of ${log}:\n${tail}`,
  );
}

/** Ends the server that this directory's record names, if it is (or was) there. */
export async function endRecorded(
  stateDir: string,
  { grace = defaultGrace, log }: Partial<Patience> = {},
): Promise<Ending> {
  const record = readServerRecord(stateDir);
  if (record === undefined) return 'not-running';
  const ending = await endServer(record, stateDir, { grace, ...(log && { log }) });
  removeServerRecord(stateDir, record);
  return ending;
}

/**
 * Starts the server and waits until it answers. A failed attempt leaves nothing running.
 * @throws {LocalCloudError} `START_FAILED` with the end of the server's log; `VERSION_MISMATCH`,
 * `SETTING_INVALID`.
 */
export async function attemptStart(attempt: Attempt): Promise<LaunchedServer> {
  const { port, stateDir, timeout } = attempt;
  const server = launchServer(attempt);
  const ended = new AbortController();
  void server.exited.then((ending) => ended.abort(explain(stateDir, ending)));
  try {
    await waitUntilHealthy(port, { timeout, signal: ended.signal });
    return server;
  } catch (error) {
    await endRecorded(stateDir);
    const isSilence = error instanceof LocalCloudError && error.code === 'NOT_HEALTHY';
    throw isSilence ? explain(stateDir, 'silence') : error;
  }
}
