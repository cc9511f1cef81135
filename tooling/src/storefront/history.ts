import * as z from 'zod/mini';
import { UserError } from '../cli.js';

const Release = z.object({
  /** Grows by one with every release. */
  number: z.int(),
  /** `digestOf` its files. */
  bundle: z.string().check(z.regex(/^[0-9a-f]{12}$/)),
  publishedAt: z.iso.datetime(),
  /** The release that was live before: one step back. */
  replaced: z.optional(z.int()),
});
export type Release = z.infer<typeof Release>;

/** Which bundles the site keeps, the oldest first, and which of them is live. */
export const History = z.object({ live: z.int(), releases: z.array(Release) });
export type History = z.infer<typeof History>;

export const noHistory: History = { live: 0, releases: [] };

/** How many releases the site keeps; the live one never goes. */
export const KEPT = 5;

export const liveRelease = ({ live, releases }: History): Release | undefined =>
  releases.find(({ number }) => number === live);

/** The history once this bundle is live; the same where it is already. */
export function published(history: History, bundle: string, now: Date): History {
  const replaced = liveRelease(history);
  if (replaced?.bundle === bundle) return history;
  const number = Math.max(0, ...history.releases.map((release) => release.number)) + 1;
  const release: Release = {
    number,
    bundle,
    publishedAt: now.toISOString(),
    ...(replaced && { replaced: replaced.number }),
  };
  return { live: number, releases: kept([...history.releases, release]) };
}

/** The last ones; after a long way back, the release to step back to is older than these, and stays as well. */
function kept(releases: readonly Release[]): Release[] {
  const stepBack = releases.at(-1)?.replaced;
  const others = releases.filter(({ number }) => number !== stepBack).slice(1 - KEPT);
  return releases.filter((release) => release.number === stepBack || others.includes(release));
}

/**
 * The history once another release is live: `to`, or the one that the live one replaced.
 * @throws {UserError} when there is none, or it is no longer kept.
 */
export function rolledBack(history: History, to?: number): History {
  const wanted = to ?? liveRelease(history)?.replaced;
  if (wanted === undefined)
    throw new UserError('There is no release of the storefront before the one that is live.');
  if (!history.releases.some(({ number }) => number === wanted))
    throw new UserError(
      `Release ${wanted} of the storefront is not kept: \`pnpm storefront releases\` lists those that are.`,
    );
  return { ...history, live: wanted };
}
