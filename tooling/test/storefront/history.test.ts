import { describe, expect, it } from 'vitest';
import {
  type History,
  KEPT,
  liveRelease,
  noHistory,
  published,
  rolledBack,
} from '../../src/storefront/history.js';

const at = new Date('2026-11-25T08:30:00Z');
const bundle = (letter: string) => letter.repeat(12);

/** A history after these bundles were released one after the other. */
const after = (...letters: string[]): History =>
  letters.reduce((history, letter) => published(history, bundle(letter), at), noHistory);
const live = (history: History) => liveRelease(history)?.bundle[0];

describe('publishing', () => {
  it('numbers releases, and remembers what each replaced', () => {
    expect(after('a', 'b')).toEqual({
      live: 2,
      releases: [
        { number: 1, bundle: bundle('a'), publishedAt: at.toISOString() },
        { number: 2, bundle: bundle('b'), publishedAt: at.toISOString(), replaced: 1 },
      ],
    });
  });

  it('changes nothing where the bundle is live already', () => {
    const history = after('a', 'b');

    expect(published(history, bundle('b'), at)).toBe(history);
  });

  it('keeps the last five', () => {
    const { releases } = after('a', 'b', 'c', 'd', 'e', 'f', '0');

    expect(releases.map(({ number }) => number)).toEqual([3, 4, 5, 6, 7]);
    expect(releases).toHaveLength(KEPT);
  });
});

describe('publishing after a long way back', () => {
  it('keeps the release to step back to', () => {
    const back = rolledBack(after('a', 'b', 'c', 'd', 'e'), 1);
    const mended = published(back, bundle('f'), at);

    expect(mended.releases.map(({ number }) => number)).toEqual([1, 3, 4, 5, 6]);
    expect(live(rolledBack(mended))).toBe('a');
  });

  it('keeps it for the releases that come after, as long as steps lead there', () => {
    const back = rolledBack(after('a', 'b', 'c', 'd', 'e'), 1);
    const later = published(published(back, bundle('f'), at), bundle('0'), at);

    expect(later.releases.map(({ number }) => number)).toEqual([1, 4, 5, 6, 7]);
    expect(live(rolledBack(rolledBack(later)))).toBe('a');
  });
});

describe('rolling back', () => {
  it('takes one step, and repeated goes further', () => {
    const once = rolledBack(after('a', 'b', 'c'));

    expect(live(once)).toBe('b');
    expect(live(rolledBack(once))).toBe('a');
  });

  it('does not end at a release that was taken back before the live one came', () => {
    const mended = published(rolledBack(after('a', 'b', 'c')), bundle('d'), at);

    expect(live(rolledBack(mended))).toBe('b');
  });

  it('goes on behind a release whose bundle came twice', () => {
    const once = rolledBack(after('a', 'b', 'a'));

    expect(live(once)).toBe('b');
    expect(live(rolledBack(once))).toBe('a');
    expect(() => rolledBack(rolledBack(once))).toThrow('no release of the storefront before');
  });

  it('goes to a release by its number, forwards as well', () => {
    expect(live(rolledBack(rolledBack(after('a', 'b', 'c'), 1), 3))).toBe('c');
  });

  it('says when a release is not kept, or there is none', () => {
    expect(() => rolledBack(after('a', 'b', 'c', 'd', 'e', 'f'), 1)).toThrow(
      'Release 1 of the storefront is not kept',
    );
    expect(() => rolledBack(noHistory)).toThrow('no release of the storefront before');
  });

  it('lets the rolled back bundle be released again', () => {
    expect(live(published(rolledBack(after('a', 'b')), bundle('b'), at))).toBe('b');
  });
});
