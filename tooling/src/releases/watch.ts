import { setTimeout as sleep } from 'node:timers/promises';
import type { WatchedRelease } from './table.js';

export interface ReleaseFeed {
  /** Seconds from one reading to the next. */
  readonly everySeconds: number;
  read(): Promise<readonly WatchedRelease[]>;
}

export interface ReleaseDisplay {
  /** Called every second, whether anything has changed or not: the time that is left has. */
  show(releases: readonly WatchedRelease[], now: number): void;
  /** One sentence in place of what could not be read. */
  complain(problem: string): void;
  /** What is shown stays. */
  end(): void;
}

/** Does the work while its releases are shown. That they cannot be read stops no release: it is said once. */
export async function watched<T>(
  work: () => Promise<T>,
  feed: ReleaseFeed,
  display: ReleaseDisplay,
): Promise<T> {
  const done = new AbortController();
  const following = follow(feed, display, done.signal);
  try {
    return await work();
  } finally {
    done.abort();
    await following;
  }
}

async function follow(feed: ReleaseFeed, display: ReleaseDisplay, done: AbortSignal): Promise<void> {
  let releases: readonly WatchedRelease[] = [];
  let told = '';
  const look = async () => {
    try {
      releases = await feed.read();
    } catch (error) {
      const problem = `The releases cannot be shown: ${error instanceof Error ? error.message : error}`;
      if (problem !== told) display.complain(problem);
      told = problem;
    }
  };
  for (let second = 0; !done.aborted; second += 1) {
    if (second % feed.everySeconds === 0) await look();
    display.show(releases, Date.now());
    await oneSecond(done);
  }
  // How it ended: the last step is often made between two readings.
  await look();
  display.show(releases, Date.now());
  display.end();
}

const oneSecond = (signal: AbortSignal) =>
  sleep(1_000, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
