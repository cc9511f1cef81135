import { once } from 'node:events';
import { relative } from 'node:path';
import { watch } from 'chokidar';
import { root } from '../paths.js';

const watched = ['services', 'packages/contracts', 'packages/lambda-kit', 'infra'];
const ignored = /(^|\/)(node_modules|dist|\.reports|\.turbo|test|cdk\.out|\.aws-sam)(\/|$)|\.md$/;
/** Editors write a file in several steps; a branch switch writes hundreds. */
const settleMilliseconds = 80;

export interface SourceWatcher {
  /** Settles once every file is watched: what is saved before may go unseen. */
  readonly ready: Promise<unknown>;
  /** Does not wait for a call that is under way. */
  close(): Promise<void>;
}

/**
 * Calls back with the changed files, one call at a time: what changes during a call is handed to the next one.
 * @param onChange Must not reject: nobody waits for it.
 * @param directory The repository.
 */
export function watchSources(onChange: (files: string[]) => Promise<void>, directory = root): SourceWatcher {
  const pending = new Set<string>();
  let busy = false;
  let timer: NodeJS.Timeout | undefined;

  const flush = async () => {
    if (busy) return;
    busy = true;
    try {
      while (pending.size > 0) {
        const files = [...pending];
        pending.clear();
        await onChange(files);
      }
    } finally {
      busy = false;
    }
  };
  const watcher = watch(watched, {
    cwd: directory,
    ignoreInitial: true,
    ignored: (path) => ignored.test(relative(directory, path)),
  });
  watcher.on('all', (event, path) => {
    if (!['add', 'change', 'unlink'].includes(event)) return;
    pending.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), settleMilliseconds);
  });
  return {
    ready: once(watcher, 'ready'),
    async close() {
      clearTimeout(timer);
      pending.clear();
      await watcher.close();
    },
  };
}
