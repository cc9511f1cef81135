import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ReleaseStore } from '../../src/deploy/release-store.js';

/** What every store of releases does; `folder` makes an empty folder that nobody else uses. */
export function itKeepsReleases(
  newStore: () => Promise<ReleaseStore> | ReleaseStore,
  folder: () => string,
): void {
  const releaseOf = (text: string) => {
    const release = folder();
    writeFileSync(join(release, 'manifest.json'), `{"release":"${text}"}`);
    writeFileSync(join(release, 'code.zip'), Buffer.from([0, 255, 10, 13]));
    return release;
  };

  it('gives back a release byte for byte', async () => {
    const store = await newStore();
    await store.keep('one', releaseOf('one'));
    const back = join(folder(), 'one');

    await store.fetch('one', back);

    expect(readFileSync(join(back, 'manifest.json'), 'utf8')).toBe('{"release":"one"}');
    expect([...readFileSync(join(back, 'code.zip'))]).toEqual([0, 255, 10, 13]);
  });

  it('lists what it keeps', async () => {
    const store = await newStore();
    expect(await store.list()).toEqual([]);

    await store.keep('two', releaseOf('two'));
    await store.keep('one', releaseOf('one'));

    expect(await store.list()).toEqual(['one', 'two']);
  });

  it('never changes a release that it keeps', async () => {
    const store = await newStore();
    await store.keep('one', releaseOf('one'));
    await store.keep('one', releaseOf('other'));
    const back = join(folder(), 'one');

    await store.fetch('one', back);

    expect(readFileSync(join(back, 'manifest.json'), 'utf8')).toBe('{"release":"one"}');
  });

  it('says what it keeps when it is asked for something else', async () => {
    const store = await newStore();
    await store.keep('one', releaseOf('one'));
    const back = join(folder(), 'two');

    await expect(store.fetch('two', back)).rejects.toThrow('There is no release two; kept are one.');
    expect(existsSync(back)).toBe(false);
  });
}
