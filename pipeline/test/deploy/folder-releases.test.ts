import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderReleases } from '../../src/deploy/folder-releases.js';
import { folderOf } from '../release/builders.js';
import { itKeepsReleases } from './release-store-contract.js';

describe('releases in a folder', () => {
  itKeepsReleases(
    () => folderReleases(join(folderOf({}), 'releases')),
    () => folderOf({}),
  );

  it('leaves alone what another process is copying there', async () => {
    const root = folderOf({});
    const others = join(root, 'one.unfinished');
    mkdirSync(others);
    const store = folderReleases(root);

    await store.keep('one', folderOf({ 'manifest.json': '{}' }));

    expect(existsSync(others)).toBe(true);
  });
});
