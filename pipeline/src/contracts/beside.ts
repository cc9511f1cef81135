import { breaksBetween, type PublishedContracts } from './compare.js';

export interface Beside {
  /** What is live: one release, and those of which a deployment that did not end has left a part. */
  readonly live: readonly PublishedContracts[];
  readonly release: PublishedContracts;
  /** The release was let in before: it is older than what is live, or what is live came back over it. */
  readonly goesBack: boolean;
}

/** What keeps a release from working beside what is live, a phrase each. */
export const breaksBeside = ({ live, release, goesBack }: Beside): string[] => [
  ...new Set(
    live.flatMap((other) => (goesBack ? breaksBack(release, other) : breaksBetween(other, release))),
  ),
];

/**
 * The older side must be able to live with the newer one, whichever of the two comes: a release that goes back reads what the
 * live one has written, and needs what releases since may have taken away. Where it is the newer one after all, because what
 * is live came back over it, it is asked as it was when it was new.
 *
 * Deprecation says here what it says on the way on: what the older side can do without, by its own marks. What the live one
 * has marked is still there; what it has removed is missed by every release that had not marked it yet. Where the live one
 * has taken away and added nothing, an older release looks like a newer one that adds it again: then it may come back with
 * what is only published once more (its services are there before its pages), and not where it needs a field of an event.
 */
function breaksBack(release: PublishedContracts, live: PublishedContracts): string[] {
  const takenAway = breaksBetween(release, live);
  return breaksBetween(live, release).length === 0 ? [] : takenAway;
}
