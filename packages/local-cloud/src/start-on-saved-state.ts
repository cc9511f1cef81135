import { readFileSync } from 'node:fs';
import { LocalCloudError } from './errors.js';
import {
  hasSavedState,
  moveStateAside,
  moveStateBack,
  noteSavedBy,
  restoreFailureIn,
  whyUnusable,
} from './saved-state.js';
import { type Attempt, attemptStart, endRecorded } from './server-attempt.js';
import type { LaunchedServer } from './server-process.js';
import { stateLayout } from './state-directory.js';
import { moveUnsavedBucketsAside } from './unsaved-buckets.js';

export interface StartOnSavedState extends Attempt {
  /** The MiniStack version that is about to run. */
  readonly ministack: string;
  readonly log: (line: string) => void;
}

function setAside({ stateDir, ministack, log }: StartOnSavedState, reason: string): string {
  const folder = moveStateAside(stateDir, new Date());
  noteSavedBy(stateDir, ministack);
  log(`The saved state ${reason}: the local cloud starts empty, the old state is kept in ${folder}`);
  return folder;
}

function dropUnsaved({ stateDir, log }: StartOnSavedState): void {
  const folder = moveUnsavedBucketsAside(stateDir, new Date());
  if (folder === undefined) return;
  log(
    `The local cloud was killed before it could save: it goes back to what it saved last (newer buckets are kept in ${folder})`,
  );
}

/** If the start fails without the saved state as well, the state was not to blame and is put back. */
async function retryWithoutState(start: StartOnSavedState, failure: unknown): Promise<LaunchedServer> {
  const folder = setAside(start, 'seems to keep the local cloud from starting');
  try {
    return await attemptStart(start);
  } catch {
    moveStateBack(start.stateDir, folder);
    throw failure;
  }
}

async function attemptOnState(start: StartOnSavedState): Promise<LaunchedServer> {
  const unusable = whyUnusable(start.stateDir, start.ministack);
  if (unusable !== undefined) setAside(start, unusable);
  noteSavedBy(start.stateDir, start.ministack);
  dropUnsaved(start);
  const hadState = hasSavedState(start.stateDir);
  try {
    return await attemptStart(start);
  } catch (error) {
    const isStatesFault = error instanceof LocalCloudError && error.code === 'START_FAILED' && hadState;
    if (isStatesFault) return retryWithoutState(start, error);
    throw error;
  }
}

/**
 * Starts the server on what the last one saved. A state that it cannot load whole (another MiniStack's, a
 * damaged one, one that makes it crash) is moved aside with a line that says so: never a crash loop, and
 * never stacks whose tables are missing.
 */
export async function startOnSavedState(start: StartOnSavedState): Promise<LaunchedServer> {
  const { stateDir } = start;
  const server = await attemptOnState(start);
  const lost = restoreFailureIn(readFileSync(stateLayout(stateDir).log, 'utf8'));
  if (lost === undefined) return server;
  await endRecorded(stateDir);
  setAside(start, `is damaged (${lost})`);
  return attemptStart(start);
}
