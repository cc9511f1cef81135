import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asideFolder } from './saved-state.js';
import { stateLayout } from './state-directory.js';

/** MiniStack keeps the older versions of objects here, by account and bucket. */
const versionsFolder = '.versions';

/** `<account>/<bucket>` of every bucket that MiniStack saved; undefined when the file is not as expected. */
function savedBuckets(services: string): Set<string> | undefined {
  const file = join(services, 's3.json');
  if (!existsSync(file)) return new Set();
  const saved = JSON.parse(readFileSync(file, 'utf8')) as { payload?: { buckets_meta?: { data?: object } } };
  const data = saved.payload?.buckets_meta?.data;
  // A key is the account, a zero byte and the bucket as Python prints it: 'name'.
  return data && new Set(Object.keys(data).map((key) => key.replace(/\0'(.*)'$/, '/$1')));
}

function bucketsOnDisk(objects: string): string[] {
  const accounts = existsSync(objects) ? readdirSync(objects).filter((entry) => /^\d{12}$/.test(entry)) : [];
  return accounts.flatMap((account) =>
    readdirSync(join(objects, account)).map((bucket) => `${account}/${bucket}`),
  );
}

/**
 * Moves buckets aside that the saved state does not know, and returns the folder they are in.
 *
 * S3's objects are written at once, everything else when the server ends. After a killed server the buckets
 * of its last hours are still there, but the stacks that made them are not: the next deployment would fail
 * because its buckets exist.
 */
export function moveUnsavedBucketsAside(stateDir: string, now: Date): string | undefined {
  const { services, objects } = stateLayout(stateDir);
  const saved = savedBuckets(services);
  const unsaved = saved === undefined ? [] : bucketsOnDisk(objects).filter((bucket) => !saved.has(bucket));
  if (unsaved.length === 0) return undefined;
  const folder = asideFolder(stateDir, now);
  for (const path of unsaved.flatMap((bucket) => [bucket, join(versionsFolder, bucket)])) {
    if (!existsSync(join(objects, path))) continue;
    const kept = join(folder, 'objects', path);
    mkdirSync(dirname(kept), { recursive: true });
    renameSync(join(objects, path), kept);
  }
  return folder;
}
