import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

/** One object of the site: its key and its bytes. */
export interface SiteObject {
  readonly key: string;
  readonly body: Buffer;
}

/** The shop's one document: a bundle without it is none. */
export const page = 'index.html';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export const contentTypeOf = (key: string) => contentTypes[extname(key)] ?? 'application/octet-stream';

/** Vite puts a content hash into every name under assets/: those never change. Everything else may. */
export const isHashed = (key: string) => key.startsWith('assets/');

export const cacheControlOf = (key: string) => {
  if (isHashed(key)) return 'public, max-age=31536000, immutable';
  return isKeptByTheEdge(key) ? 'public, max-age=3600' : 'no-cache';
};

/** Pictures may be an hour old: CloudFront asks for them no sooner, unless it is told to. */
export const isKeptByTheEdge = (key: string) => key.endsWith('.svg');

/** Every file below a directory as an object of the site. */
export function filesOf(directory: string): SiteObject[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(directory, name)).isFile())
    .map((name) => ({ key: name.split(sep).join('/'), body: readFileSync(join(directory, name)) }));
}

/** Names a bundle by its content: twelve hex digits, the same wherever and whenever it was built. */
export function digestOf(bundle: readonly SiteObject[]): string {
  const hash = createHash('sha256');
  for (const { key, body } of bundle.toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    hash.update(`${key}\0${createHash('sha256').update(body).digest('hex')}\n`);
  return hash.digest('hex').slice(0, 12);
}
