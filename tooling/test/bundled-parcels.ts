import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const reports = join(import.meta.dirname, '../.reports');

/** A copy of the service in fixtures/parcels, where it finds our packages; gone after the test, or when told. */
export function parcelsCopy(gone: (remove: () => void) => void = onTestFinished): string {
  mkdirSync(reports, { recursive: true });
  const folder = mkdtempSync(join(reports, 'parcels-'));
  cpSync(join(import.meta.dirname, 'fixtures/parcels'), folder, { recursive: true });
  gone(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Relative path -> contents of every file below `dist`. */
export function filesBelow(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
