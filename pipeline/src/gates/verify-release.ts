import { root } from '@shipline/tooling/paths';
import { commitOf } from '../release/commit.js';
import { releaseKey } from '../release/kms-release-key.js';
import { verifyRelease as verified } from '../release/verify-release.js';
import type { Gate } from './gate.js';

/** Before every use: the signature, every digest, no file too many, and the commit that is meant. */
export const verifyRelease: Gate = {
  title: 'Verify signature and digests',
  performs: ['deploy-software'],
  deployed: false,
  async run({ releaseFolder, progress }) {
    const expected = { key: await releaseKey(), commit: await commitOf(root) };
    const { release, files } = await verified(releaseFolder, expected);
    progress.note(`release ${release}: ${files.length} files are what was signed`);
  },
};
