import { withFileLock } from '../src/file-lock.js';

/** usage: hold-lock-script.ts <lock>. Holds the lock until it is killed. */
const [path = ''] = process.argv.slice(2);
await withFileLock(
  path,
  () => {},
  async () => {
    console.log('held');
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  },
);
