import { UserError } from '../cli.js';
import { digestOf, isHashed, isKeptByTheEdge, page, type SiteObject } from './bundle.js';
import { invalidate, type StorefrontClients } from './clients.js';
import { arrived, type History, liveRelease, published, type Release, rolledBack } from './history.js';
import { HistoryFile, type ReadHistory } from './history-file.js';
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
 * Uploads a bundle as a release of its own, claims it in the history, and only then brings it live: who comes second
 * never touches the page. What pages load by its hash is never deleted: pages which are open keep finding the parts of
 * their release.
 * @param settings What belongs to the environment and to no release: it is as it is now, whichever bundle is live.
 * @throws {UserError} when somebody else has released meanwhile.
 */
export async function publishBundle(
  clients: StorefrontClients,
  place: StorefrontPlace,
  { bundle, settings }: { bundle: readonly SiteObject[]; settings: readonly SiteObject[] },
  now: Date,
): Promise<PublishedStorefront> {
  if (!bundle.some(({ key }) => key === page))
    throw new UserError(`The build of the storefront has no ${page}: nothing of it is released.`);
  const file = new HistoryFile(clients.s3, place.siteBucket);
  const read = await file.read();
  const site = await Site.open(clients.s3, place.siteBucket);
  const digest = digestOf(bundle);
  for (const { key, body } of bundle)
    await site.put({ key: isHashed(key) ? key : keptKey(digest, key), body }, key);
  const history = published(read.history, digest, now);
  const claimed = await claim(file, history, read);
  for (const setting of settings) await site.put(setting);
  const settled = await settle(clients, place, site, { claimed, found: read.history });
  const isNew = history !== read.history;
  // The files of a release that lost the race to this one go as well; what others upload from now on was not seen.
  if (isNew) await site.keepOnly(settled.releases.map((release) => release.bundle));
  return { live: liveOf(settled), isNew: isNew && settled.live === history.live };
}

/**
 * Brings another kept release live: the one before, or the one with this number.
 * @throws {UserError} when there is none, its files are gone, or somebody else has released meanwhile.
 */
export async function rollBack(
  clients: StorefrontClients,
  place: StorefrontPlace,
  to?: number,
): Promise<{ readonly live: Release; readonly left: Release }> {
  const file = new HistoryFile(clients.s3, place.siteBucket);
  const read = await file.read();
  const site = await Site.open(clients.s3, place.siteBucket);
  const history = rolledBack(read.history, to);
  const left = liveOf({ ...history, live: history.underWay?.from ?? history.live });
  const wanted = liveOf(history);
  if (!site.kept(wanted.bundle).includes(page))
    throw new UserError(
      `The files of release ${wanted.number} of the storefront are gone (${keptKey(wanted.bundle)}): choose another one with \`--to\`, or deploy.`,
    );
  const claimed = await claim(file, history, read);
  const settled = await settle(clients, place, site, { claimed, found: read.history });
  return { live: liveOf(settled), left };
}

/** Makes a step ours before anything of it is seen. */
async function claim(file: HistoryFile, history: History, read: ReadHistory): Promise<ReadHistory> {
  if (history === read.history) return read;
  const claimed = await file.write(history, read);
  if (claimed) return claimed;
  throw new UserError('Somebody else released the storefront at the same time: look, and try again.');
}

/**
 * Has browsers get what the history says, and notes there that they do. Whoever writes the page looks at the history
 * afterwards: of two releases close together the page of the later claim stays, also when the other one is slower.
 */
async function settle(
  clients: StorefrontClients,
  place: StorefrontPlace,
  site: Site,
  { claimed, found }: { readonly claimed: ReadHistory; readonly found: History },
): Promise<History> {
  const pictures = await bringLive(site, liveOf(claimed.history).bundle);
  // A step that was cut off may have put pictures there and told CloudFront nothing.
  await invalidate(clients, place.distributionId, found.underWay ? pictures.all : pictures.replaced);
  const file = new HistoryFile(clients.s3, place.siteBucket);
  const read = await file.read();
  if (read.etag === claimed.etag) {
    if (!read.history.underWay) return read.history;
    const noted = await file.write(arrived(read.history), read);
    if (noted) return noted.history;
  }
  const now = await file.read();
  const anew = await Site.open(clients.s3, place.siteBucket);
  return settle(clients, place, anew, { claimed: now, found: now.history });
}

interface Pictures {
  readonly all: readonly string[];
  /** Those of which there was another one. */
  readonly replaced: readonly string[];
}

/**
 * `index.html` last: a browser never gets a page whose parts are not there yet.
 * @returns what CloudFront may keep of it.
 */
async function bringLive(site: Site, bundle: string): Promise<Pictures> {
  const keys = site.kept(bundle).sort((a, b) => Number(a === page) - Number(b === page));
  const replaced: string[] = [];
  for (const key of keys) {
    const replaces = site.has(key);
    if ((await site.copy(keptKey(bundle, key), key)) && replaces && isKeptByTheEdge(key)) replaced.push(key);
  }
  return { all: keys.filter(isKeptByTheEdge), replaced };
}

function liveOf(history: History): Release {
  const live = liveRelease(history);
  if (!live)
    throw new Error(`Release ${history.live} of the storefront is live, and its history has it not.`);
  return live;
}
