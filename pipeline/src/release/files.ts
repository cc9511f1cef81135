import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/**
 * Every file below a folder, as paths relative to it with slashes, in the order of their bytes on every machine.
 * @throws for what is neither a file nor a folder: a link could lead out of a release.
 */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const strange = entries.find((entry) => !entry.isFile() && !entry.isDirectory());
  if (strange) throw new Error(`${join(strange.parentPath, strange.name)} is neither a file nor a folder.`);
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .sort(byCodeUnits);
}

/** Not the locale's order: that differs between machines. */
export const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
