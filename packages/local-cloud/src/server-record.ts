import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { findProcess, type ProcessIdentity } from './process-table.js';
import { stateLayout } from './state-directory.js';

/** The server's Python module; its name is in the server's command line. */
export const serverModule = 'shipline_cloud';

/** The server of one state directory, as written when it was started; it may have ended since. */
export interface ServerRecord extends ProcessIdentity {
  readonly port: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The process with which the server ends; absent for a detached one. */
  readonly parent?: ProcessIdentity;
}

function isIdentity(value: unknown): value is ProcessIdentity {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, started } = value as Partial<Record<keyof ProcessIdentity, unknown>>;
  return Number.isInteger(pid) && typeof started === 'string';
}

function isRecord(value: unknown): value is ServerRecord {
  if (!isIdentity(value)) return false;
  const { port, startedAt, parent } = value as Partial<Record<keyof ServerRecord, unknown>>;
  return (
    typeof port === 'number' && typeof startedAt === 'number' && (parent === undefined || isIdentity(parent))
  );
}

/** Undefined when no server was started here, or when the file is no record (a full disk can cut it short). */
export function readServerRecord(stateDir: string): ServerRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(stateLayout(stateDir).record, 'utf8'));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function writeServerRecord(stateDir: string, record: ServerRecord): void {
  const { record: path } = stateLayout(stateDir);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(record));
  renameSync(`${path}.new`, path);
}

/** Leaves the record of a server that was started meanwhile. */
export function removeServerRecord(stateDir: string, ended: ServerRecord): void {
  const current = readServerRecord(stateDir);
  if (current === undefined || (current.pid === ended.pid && current.started === ended.started)) {
    rmSync(stateLayout(stateDir).record, { force: true });
  }
}

/**
 * True while the recorded server runs. Not for another program that has its pid now: the start tells them
 * apart, and the command line must be the server's.
 */
export function isServerRunning({ pid, started }: ProcessIdentity): boolean {
  const row = findProcess(pid);
  return row?.started === started && row.command.includes(serverModule);
}

/** The record of a server that runs now. */
export function runningServer(stateDir: string): ServerRecord | undefined {
  const record = readServerRecord(stateDir);
  return record !== undefined && isServerRunning(record) ? record : undefined;
}
