import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { filesBelow } from './files.js';

/** ZIP keeps local time without a zone: these fields are the same in every zone. */
const anyTime = () => new Date(1980, 0, 1);
/** Files that Lambda's user may read: rw-r--r--, made on Unix. */
const unix = 3;
const mode = 0o100644 << 16;

/** A folder as a zip whose bytes depend on its files alone: sorted, with one time and one mode. */
export function zipOf(folder: string): Uint8Array {
  const entries: Zippable = {};
  const mtime = anyTime();
  for (const path of filesBelow(folder))
    entries[path] = [readFileSync(join(folder, path)), { mtime, os: unix, attrs: mode }];
  return zipSync(entries, { level: 9 });
}
