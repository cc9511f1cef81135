import { describe, expect, it, vi } from 'vitest';
import type { WatchedRelease } from '../../src/releases/table.js';
import { watched } from '../../src/releases/watch.js';
import { release } from './builders.js';

/** Reads these one after the other, the last one again and again. */
function setup(...readings: (readonly WatchedRelease[] | Error)[]) {
  const shown: string[] = [];
  const complaints: string[] = [];
  let ended = 0;
  const feed = {
    everySeconds: 1,
    read: vi.fn(async () => {
      const reading = (readings.length > 1 ? readings.shift() : readings[0]) ?? [];
      if (reading instanceof Error) throw reading;
      return reading;
    }),
  };
  const display = {
    show: (releases: readonly WatchedRelease[]) =>
      void shown.push(releases.map(({ state }) => state).join() || 'nothing'),
    complain: (problem: string) => void complaints.push(problem),
    end: () => {
      ended += 1;
    },
  };
  return { feed, display, shown, complaints, ended: () => ended };
}

describe('a watched deployment', () => {
  it('is shown as it goes, and as it ended', async () => {
    const { feed, display, shown, ended } = setup([], [release({ state: 'live' })]);

    const result = await watched(async () => 'done', feed, display);

    expect(result).toBe('done');
    expect(shown).toEqual(['nothing', 'live']);
    expect(ended()).toBe(1);
  });

  it('fails as it fails, and is shown to its end all the same', async () => {
    const { feed, display, shown, ended } = setup([release({ state: 'taken back' })]);
    const failure = new Error('rolled back');

    await expect(watched(() => Promise.reject(failure), feed, display)).rejects.toBe(failure);

    expect(shown.at(-1)).toBe('taken back');
    expect(ended()).toBe(1);
  });

  it('goes on where its releases cannot be read, and says so once', async () => {
    const { feed, display, complaints } = setup(new Error('Rate exceeded'));

    await watched(() => vi.waitFor(() => expect(feed.read).toHaveBeenCalledTimes(2), 10_000), feed, display);

    expect(complaints).toEqual(['The releases cannot be shown: Rate exceeded']);
  });
});
