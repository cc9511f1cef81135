import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes a folder hold exactly these files; what is there already with the same contents is not touched.
 * @returns true where a file was written or removed.
 */
export function writeFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): boolean {
  mkdirSync(folder, { recursive: true });
  const fresh = [...files].filter(([name, contents]) => !holds(join(folder, name), contents));
  for (const [name, contents] of fresh) writeFileSync(join(folder, name), contents);
  return keepOnly(folder, [...files.keys()]) || fresh.length > 0;
}

/** Removes everything else from a folder. @returns true where there was something. */
export function keepOnly(folder: string, names: readonly string[]): boolean {
  const kept = new Set(names);
  const stale = existsSync(folder) ? readdirSync(folder).filter((name) => !kept.has(name)) : [];
  for (const name of stale) rmSync(join(folder, name), { recursive: true });
  return stale.length > 0;
}

const holds = (path: string, contents: Uint8Array): boolean =>
  existsSync(path) && readFileSync(path).equals(contents);
