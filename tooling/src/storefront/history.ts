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

const Step = z.object({ by: z.enum(['release', 'step back']), from: z.int() });

/** Which bundles the site keeps, the oldest first, and which of them is live. */
export const History = z.object({
  live: z.int(),
  releases: z.array(Release),
  /** How the live one comes, until all of it is where browsers look: who finds a step that was cut off finishes it. */
  underWay: z.optional(Step),
});
export type History = z.infer<typeof History>;

export const noHistory: History = { live: 0, releases: [] };

/** How many releases the site keeps; the live one never goes. */
export const KEPT = 5;

export const liveRelease = ({ live, releases }: History): Release | undefined =>
  releases.find(({ number }) => number === live);

/** The history with this bundle on its way to be live; the same where it is already. */
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
  return {
    live: number,
    releases: kept([...history.releases, release]),
    underWay: { by: 'release', from: history.live },
  };
}

/** As many steps back from the live one as there is room for; what room these leave has the youngest others. */
function kept(releases: readonly Release[]): Release[] {
  const way = wayBack(releases).slice(0, KEPT);
  const others = releases.filter((release) => !way.includes(release)).toReversed();
  const stay = [...way, ...others.slice(0, KEPT - way.length)];
  return releases.filter((release) => stay.includes(release));
}

/** The youngest release, the one that it replaced, and so on. */
function wayBack(releases: readonly Release[]): Release[] {
  const way: Release[] = [];
  let release = releases.at(-1);
  while (release) {
    way.push(release);
    const { replaced } = release;
    release = releases.find(({ number }) => number === replaced);
  }
  return way;
}

/** The history once all of the live release is where browsers look. */
export function arrived({ live, releases }: History): History {
  return { live, releases };
}

/**
 * The history with another release on its way to be live: `to`, or the one that the live one replaced. A step back that
 * was cut off is that same step when it is repeated, not one more.
 * @throws {UserError} when there is none, or it is no longer kept.
 */
export function rolledBack(history: History, to?: number): History {
  if (to === undefined && history.underWay?.by === 'step back') return history;
  const wanted = to ?? liveRelease(history)?.replaced;
  if (wanted === undefined)
    throw new UserError('There is no release of the storefront before the one that is live.');
  if (!history.releases.some(({ number }) => number === wanted))
    throw new UserError(
      `Release ${wanted} of the storefront is not kept: \`pnpm storefront releases\` lists those that are.`,
    );
  return { ...history, live: wanted, underWay: { by: 'step back', from: history.live } };
}
