import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { LocalCloudError } from './errors.js';
import { stateLayout } from './state-directory.js';

/** How many states that were moved aside are kept. */
const keptAside = 3;

/** The MiniStack version that a requirements file pins. */
export function pinnedMiniStack(requirementsFile: string): string {
  const version = /^ministack==(\S+)/m.exec(readFileSync(requirementsFile, 'utf8'))?.[1];
  if (version !== undefined) return version;
  throw new LocalCloudError(
    'SETTING_INVALID',
    `${requirementsFile} pins no MiniStack: add \`ministack==<version>\`.`,
  );
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

/** True when a server of this directory has saved anything. */
export function hasSavedState(stateDir: string): boolean {
  const { services, objects } = stateLayout(stateDir);
  return !isEmpty(services) || !isEmpty(objects);
}

/** When a service was saved last, in milliseconds since 1970; 0: never. */
export function lastSavedAt(stateDir: string): number {
  const { services } = stateLayout(stateDir);
  const files = existsSync(services) ? readdirSync(services) : [];
  // Unfinished files come and go while they are looked at.
  const times = files.map((file) => statSync(join(services, file), { throwIfNoEntry: false })?.mtimeMs ?? 0);
  return Math.max(0, ...times);
}

function savedBy(stateDir: string): string | undefined {
  try {
    const { ministack } = JSON.parse(readFileSync(stateLayout(stateDir).version, 'utf8')) as {
      ministack?: unknown;
    };
    return typeof ministack === 'string' ? ministack : undefined;
  } catch {
    return undefined;
  }
}

/** Notes which MiniStack is about to write the state. */
export function noteSavedBy(stateDir: string, ministack: string): void {
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(stateLayout(stateDir).version, `${JSON.stringify({ ministack })}\n`);
}

function firstUnreadable(folder: string): string | undefined {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return files.find((file) => {
    try {
      JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return false;
    } catch {
      return true;
    }
  });
}

/**
 * Why the saved state cannot be loaded whole, or undefined. MiniStack itself would load the services it
 * can read and leave the others empty: stacks without their tables.
 */
export function whyUnusable(stateDir: string, ministack: string): string | undefined {
  if (!hasSavedState(stateDir)) return undefined;
  const writer = savedBy(stateDir);
  const writerName = writer === undefined ? 'an unknown MiniStack' : `MiniStack ${writer}`;
  if (writer !== ministack) return `was saved by ${writerName}, this is ${ministack}`;
  const unreadable = firstUnreadable(stateLayout(stateDir).services);
  return unreadable && `is damaged (${unreadable})`;
}

/** What MiniStack writes to its log when it cannot restore a service. */
const restoreFailure = /Failed to restore persisted state for (\S+?);|Persistence: failed to load (\S+?):/;

/** The service whose state the server could not restore, according to its log. */
export function restoreFailureIn(log: string): string | undefined {
  const match = restoreFailure.exec(log);
  return match?.[1] ?? match?.[2];
}

const parts = (stateDir: string) => {
  const { services, objects, frontDoors, version } = stateLayout(stateDir);
  return [services, objects, frontDoors, version];
};

/** A new folder for what is moved aside now; the oldest ones are removed. */
export function asideFolder(stateDir: string, now: Date): string {
  const { aside } = stateLayout(stateDir);
  const folder = join(aside, now.toISOString().replaceAll(':', '-'));
  mkdirSync(folder, { recursive: true });
  const outdated = readdirSync(aside).sort().slice(0, -keptAside);
  for (const entry of outdated) rmSync(join(aside, entry), { recursive: true, force: true });
  return folder;
}

/** Keeps the saved state out of the server's way, not lost; returns the folder it is in now. */
export function moveStateAside(stateDir: string, now: Date): string {
  const folder = asideFolder(stateDir, now);
  for (const part of parts(stateDir)) if (existsSync(part)) renameSync(part, join(folder, basename(part)));
  return folder;
}

/** Undoes `moveStateAside`. */
export function moveStateBack(stateDir: string, folder: string): void {
  removeSavedState(stateDir);
  for (const part of parts(stateDir)) {
    const kept = join(folder, basename(part));
    if (existsSync(kept)) renameSync(kept, part);
  }
  rmSync(folder, { recursive: true, force: true });
}

export function removeSavedState(stateDir: string): void {
  for (const part of parts(stateDir)) rmSync(part, { recursive: true, force: true });
}
