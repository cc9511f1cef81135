import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DrillRow } from '../snapshot.js';

const SHOWN = 8;

/** The drills that left something below `directory`, the youngest first; none where there is no such folder. */
export async function readDrills(directory: string): Promise<DrillRow[]> {
  const folders = (await foldersIn(directory)).flatMap((folder) => drillFolder(folder) ?? []);
  const youngest = folders.toSorted((a, b) => b.startedAt - a.startedAt).slice(0, SHOWN);
  return Promise.all(
    youngest.map(async ({ path, ...drill }) => drillRow(drill, await readWritten(join(directory, path)))),
  );
}

interface DrillFolder {
  readonly path: string;
  readonly name: string;
  readonly startedAt: number;
}

/** `bad-release-2026-11-25T05-00-12`: the time is UTC, without the colons that a folder's name cannot have. */
const folderName =
  /^(?<name>[a-z][a-z-]*)-(?<day>\d{4}-\d\d-\d\d)T(?<hour>\d\d)-(?<minute>\d\d)-(?<second>\d\d)/;

/** @returns undefined for a folder with another name: it is no drill's. */
export function drillFolder(path: string): DrillFolder | undefined {
  const { name, day, hour, minute, second } = folderName.exec(path)?.groups ?? {};
  if (name === undefined) return undefined;
  return { path, name, startedAt: Date.parse(`${day}T${hour}:${minute}:${second}Z`) };
}

/** What is read of a drill's JSON files, whichever of them has it. */
interface Written {
  readonly passed?: unknown;
  readonly summary?: unknown;
}

export function drillRow(drill: Omit<DrillFolder, 'path'>, { passed, summary }: Written): DrillRow {
  return {
    ...drill,
    state: typeof passed === 'boolean' ? (passed ? 'passed' : 'failed') : 'running',
    ...(typeof summary === 'string' && { sentence: summary }),
  };
}

async function readWritten(folder: string): Promise<Written> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return Object.assign({}, ...texts.map(objectIn));
}

/** A file that is being written is not JSON yet: the next look finds the rest. */
function objectIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

async function foldersIn(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
