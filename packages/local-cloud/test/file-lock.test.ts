import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withFileLock } from '../src/file-lock.js';
import { runScript } from './scripts.js';
import { temporaryFolder, until } from './temporary.js';

test('lets one in at a time and frees the lock after a failure', async () => {
  const path = join(temporaryFolder(), 'a.lock');
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} in`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    events.push(`${name} out`);
    throw new Error(name);
  };

  await Promise.allSettled(['a', 'b', 'c'].map((name) => withFileLock(path, () => {}, work(name))));

  expect(events).toHaveLength(6);
  for (const [index, event] of events.entries()) {
    if (index % 2 === 1) expect(event).toBe(events[index - 1]?.replace('in', 'out'));
  }
});

test('lets whoever does not want to wait go, and whoever is stopped while waiting', async () => {
  const path = join(temporaryFolder(), 'a.lock');
  const never = async () => 'in';
  const refuse = (holder: string) => {
    throw new Error(`held by ${holder}`);
  };
  const waiting = new AbortController();

  await withFileLock(
    path,
    () => {},
    async () => {
      await expect(withFileLock(path, refuse, never)).rejects.toThrow(`held by process ${process.pid}`);
      const waits = withFileLock(path, () => waiting.abort(), never, waiting.signal);
      await expect(waits).rejects.toMatchObject({ name: 'AbortError' });
    },
  );

  expect(await withFileLock(path, refuse, never)).toBe('in');
});

test('takes over the lock of a process that was killed, and names it while it waits', async () => {
  const path = join(temporaryFolder(), 'a.lock');
  const holder = runScript('test/hold-lock-script.ts', [path]);
  await until(() => holder.output().includes('held'), 'the lock is held');
  const waitedFor: string[] = [];

  const entered = withFileLock(
    path,
    (name) => waitedFor.push(name),
    async () => 'in',
  );
  await until(() => waitedFor.length > 0, 'this process waits');
  holder.child.kill('SIGKILL');

  expect(await entered).toBe('in');
  expect(waitedFor).toEqual([`process ${holder.child.pid}`]);
});
