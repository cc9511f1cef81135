import { breaksBetween, type PublishedContracts } from './compare.js';

export interface Beside {
  /** What is live: one release, and those of which a deployment that did not end has left a part. */
  readonly live: readonly PublishedContracts[];
  readonly release: PublishedContracts;
  /** The release is older than what is live. */
  readonly goesBack: boolean;
}

/**
 * What keeps a release from working beside what is live, a phrase each. The older side must be able to live with the newer
 * one, whichever of the two comes: a release that goes back reads what the live one has written, and everything that any
 * release since has taken away is still needed by it.
 */
export const breaksBeside = ({ live, release, goesBack }: Beside): string[] => [
  ...new Set(
    live.flatMap((other) => (goesBack ? breaksBetween(release, other) : breaksBetween(other, release))),
  ),
];
