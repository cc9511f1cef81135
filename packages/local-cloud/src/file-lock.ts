import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

const sqliteBusy = 5;
const pollMilliseconds = 100;

function tryLock(path: string): DatabaseSync | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return undefined;
    throw error;
  }
}

function holderOf(ownerFile: string): string {
  try {
    return `process ${readFileSync(ownerFile, 'utf8')}`;
  } catch {
    return 'another process';
  }
}

/**
 * Runs `work` while no other process holds the lock at `path`; waits for as long as another one does and
 * says so once. Whoever would rather not wait throws there; `stopped` ends the waiting with an AbortError.
 *
 * The lock is the operating system's own, taken through SQLite, the one file lock that Node carries. So it
 * ends with its process, also with a killed one: there are no stale locks to judge. (A lock file with a pid
 * in it needs such a judgement, and two processes that reach it at once can both win.)
 */
export async function withFileLock<T>(
  path: string,
  onWait: (holder: string) => void,
  work: () => Promise<T>,
  stopped?: AbortSignal,
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const ownerFile = `${path}-owner`;
  let waited = false;
  let lock = tryLock(path);
  while (lock === undefined) {
    if (!waited) onWait(holderOf(ownerFile));
    waited = true;
    await sleep(pollMilliseconds, undefined, { signal: stopped });
    lock = tryLock(path);
  }
  try {
    writeFileSync(ownerFile, String(process.pid));
    return await work();
  } finally {
    lock.close();
  }
}
