import { join } from 'node:path';
import { describe } from 'vitest';
import { folderReleases } from '../../src/deploy/folder-releases.js';
import { folderOf } from '../release/builders.js';
import { itKeepsReleases } from './release-store-contract.js';

describe('releases in a folder', () => {
  itKeepsReleases(
    () => folderReleases(join(folderOf({}), 'releases')),
    () => folderOf({}),
  );
});
