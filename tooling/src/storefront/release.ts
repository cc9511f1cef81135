import { digestOf, isHashed, isKeptByTheEdge, type SiteObject } from './bundle.js';
import { invalidate, type StorefrontClients } from './clients.js';
import { type History, liveRelease, published, type Release, rolledBack } from './history.js';
import { keptKey, Site } from './site.js';

/** Where an environment's storefront is. */
export interface StorefrontPlace {
  readonly siteBucket: string;
  readonly distributionId: string;
}

export interface PublishedStorefront {
  readonly live: Release;
  /** False where it was live before. */
  readonly isNew: boolean;
}

/**
 * Uploads a bundle as a release of its own and brings it live. What pages load by its hash comes first and is never
 * deleted: pages which are open keep finding the parts of their release.
 * @param settings What belongs to the environment and to no release: it is as it is now, whichever bundle is live.
 */
export async function publishBundle(
  clients: StorefrontClients,
  place: StorefrontPlace,
  { bundle, settings }: { bundle: readonly SiteObject[]; settings: readonly SiteObject[] },
  now: Date,
): Promise<PublishedStorefront> {
  const site = await Site.open(clients.s3, place.siteBucket);
  const read = await site.readHistory();
  const digest = digestOf(bundle);
  for (const { key, body } of bundle)
    await site.put({ key: isHashed(key) ? key : keptKey(digest, key), body }, key);
  for (const setting of settings) await site.put(setting);
  await bringLive(clients, place, site, digest);
  const history = published(read.history, digest, now);
  const isNew = history !== read.history;
  if (isNew) await site.writeHistory(history, read);
  await site.keepOnly(history.releases.map((release) => release.bundle));
  return { live: liveOf(history), isNew };
}

/** Brings another kept release live: the one before, or the one with this number. */
export async function rollBack(
  clients: StorefrontClients,
  place: StorefrontPlace,
  to?: number,
): Promise<{ readonly live: Release; readonly left: Release }> {
  const site = await Site.open(clients.s3, place.siteBucket);
  const read = await site.readHistory();
  const history = rolledBack(read.history, to);
  const live = liveOf(history);
  await bringLive(clients, place, site, live.bundle);
  // Last, so that one that was cut off takes the same step again.
  await site.writeHistory(history, read);
  return { live, left: liveOf(read.history) };
}

/** `index.html` last: a browser never gets a page whose parts are not there yet. */
async function bringLive(
  clients: StorefrontClients,
  { distributionId }: StorefrontPlace,
  site: Site,
  bundle: string,
): Promise<void> {
  const keys = site.kept(bundle).sort((a, b) => Number(a === 'index.html') - Number(b === 'index.html'));
  const stale: string[] = [];
  for (const key of keys) {
    const replaces = site.has(key);
    if ((await site.copy(keptKey(bundle, key), key)) && replaces && isKeptByTheEdge(key)) stale.push(key);
  }
  await invalidate(clients, distributionId, stale);
}

function liveOf(history: History): Release {
  const live = liveRelease(history);
  if (!live)
    throw new Error(`Release ${history.live} of the storefront is live, and its history has it not.`);
  return live;
}
