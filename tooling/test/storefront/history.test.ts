import { describe, expect, it } from 'vitest';
import {
  arrived,
  type History,
  KEPT,
  liveRelease,
  noHistory,
  published,
  rolledBack,
} from '../../src/storefront/history.js';

const at = new Date('2026-11-25T08:30:00Z');
const bundle = (letter: string) => letter.repeat(12);
const publish = (history: History, digest: string) => arrived(published(history, digest, at));
const stepBack = (history: History, to?: number) => arrived(rolledBack(history, to));

/** A history after these bundles were released one after the other. */
const after = (...letters: string[]): History =>
  letters.reduce((history, letter) => publish(history, bundle(letter)), noHistory);
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
    const back = stepBack(after('a', 'b', 'c', 'd', 'e'), 1);
    const mended = publish(back, bundle('f'));

    expect(mended.releases.map(({ number }) => number)).toEqual([1, 3, 4, 5, 6]);
    expect(live(stepBack(mended))).toBe('a');
  });

  it('keeps it for the releases that come after, as long as steps lead there', () => {
    const back = stepBack(after('a', 'b', 'c', 'd', 'e'), 1);
    const later = publish(publish(back, bundle('f')), bundle('0'));

    expect(later.releases.map(({ number }) => number)).toEqual([1, 4, 5, 6, 7]);
    expect(live(stepBack(stepBack(later)))).toBe('a');
  });
});

describe('rolling back', () => {
  it('takes one step, and repeated goes further', () => {
    const once = stepBack(after('a', 'b', 'c'));

    expect(live(once)).toBe('b');
    expect(live(stepBack(once))).toBe('a');
  });

  it('does not end at a release that was taken back before the live one came', () => {
    const mended = publish(stepBack(after('a', 'b', 'c')), bundle('d'));

    expect(live(stepBack(mended))).toBe('b');
  });

  it('goes on behind a release whose bundle came twice', () => {
    const once = stepBack(after('a', 'b', 'a'));

    expect(live(once)).toBe('b');
    expect(live(stepBack(once))).toBe('a');
    expect(() => stepBack(stepBack(once))).toThrow('no release of the storefront before');
  });

  it('goes to a release by its number, forwards as well', () => {
    expect(live(stepBack(stepBack(after('a', 'b', 'c'), 1), 3))).toBe('c');
  });

  it('says when a release is not kept, or there is none', () => {
    expect(() => stepBack(after('a', 'b', 'c', 'd', 'e', 'f'), 1)).toThrow(
      'Release 1 of the storefront is not kept',
    );
    expect(() => stepBack(noHistory)).toThrow('no release of the storefront before');
  });

  it('lets the rolled back bundle be released again', () => {
    expect(live(publish(stepBack(after('a', 'b')), bundle('b')))).toBe('b');
  });

  it('repeats a step that was cut off, and takes the next one once it has arrived', () => {
    const cutOff = rolledBack(after('a', 'b', 'c'));

    expect(rolledBack(cutOff)).toBe(cutOff);
    expect(live(rolledBack(cutOff, 3))).toBe('c');
    expect(live(rolledBack(arrived(cutOff)))).toBe('a');
  });

  it('leaves a release that was cut off for the one that it was to replace', () => {
    expect(live(rolledBack(published(after('a', 'b'), bundle('c'), at)))).toBe('b');
  });
});
