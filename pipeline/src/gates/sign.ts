import { releaseKey } from '../release/kms-release-key.js';
import { signRelease } from '../release/signature.js';
import type { Gate } from './gate.js';

/** Says by a signature that this release has passed every gate of its build. */
export const sign: Gate = {
  title: 'Sign the release',
  performs: ['package-artifacts'],
  deployed: false,
  async run({ releaseFolder, progress }) {
    const key = await releaseKey();
    await signRelease(releaseFolder, key);
    progress.note(`signed by ${key.arn}`);
  },
};
