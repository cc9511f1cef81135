import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DrillRow } from '../snapshot.js';

const SHOWN = 8;

/** The drills that left something below `directory`, the youngest first; none where there is no such folder. */
export async function readDrills(directory: string): Promise<DrillRow[]> {
  const names = await foldersIn(directory);
  const rows = await Promise.all(names.map((name) => readDrill(directory, name)));
  return rows
    .filter((row) => row !== undefined)
    .toSorted((a, b) => b.startedAt - a.startedAt)
    .slice(0, SHOWN);
}

/** What is read of a drill's JSON files, whichever of them has it. */
interface Written {
  readonly name?: unknown;
  readonly startedAt?: unknown;
  readonly passed?: unknown;
  readonly summary?: unknown;
}

async function readDrill(directory: string, folder: string): Promise<DrillRow | undefined> {
  const path = join(directory, folder);
  const files = (await readdir(path)).filter((file) => file.endsWith('.json'));
  const written = await Promise.all(files.map((file) => readWritten(join(path, file))));
  return drillRow(folder, Object.assign({}, ...written));
}

/** A file that is being written is not JSON yet: the next look finds the rest. */
async function readWritten(file: string): Promise<Written> {
  const text = await readFile(file, 'utf8');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** `bad-release-2026-11-25T05-00-12Z`, or with a number of seconds or milliseconds. */
const folderName = /^(?<name>[a-z][a-z-]*?)-(?<time>\d[\dTZ.:-]*)$/;

/** A folder with another name is no drill. */
export function drillRow(folder: string, written: Written): DrillRow | undefined {
  const { name, time } = folderName.exec(folder)?.groups ?? {};
  if (name === undefined || time === undefined) return undefined;
  return {
    name,
    startedAt: timeOf(written.startedAt) ?? timeOf(time) ?? 0,
    state: typeof written.passed === 'boolean' ? (written.passed ? 'passed' : 'failed') : 'running',
    ...(typeof written.summary === 'string' && { sentence: written.summary }),
  };
}

function timeOf(written: unknown): number | undefined {
  if (typeof written === 'number') return written;
  if (typeof written !== 'string') return undefined;
  if (/^\d{13}$/.test(written)) return Number(written);
  // A folder's name has no colons: 2026-11-25T05-00-12Z
  const at = Date.parse(written.replace(/T(\d\d)-(\d\d)-(\d\d)/, 'T$1:$2:$3'));
  return Number.isNaN(at) ? undefined : at;
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
