import type { IncomingMessage, ServerResponse } from 'node:http';

/** Sent with everything: the page runs its own script and style, talks to its own server, and is framed by nobody. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** `none`: typed by somebody; absent: not a browser. A page on another port of this machine is `same-site`. */
const isOwn: ReadonlySet<unknown> = new Set(['same-origin', 'none', undefined]);

/** A browser leaves out the port that it takes for granted. */
const hostsOf = (port: number): string[] =>
  ['127.0.0.1', 'localhost'].flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);

/**
 * Why a request is refused, if it is. It must be a GET that names this machine: a foreign page whose name was made to
 * point here (DNS rebinding) names itself in Host, and one that calls across origins names itself in Origin or in
 * Sec-Fetch-Site. Whoever follows a link from another page may come to ours, and to nothing else.
 * @param port That the server listens on.
 */
export function refusalOf(
  { method, headers, url }: Pick<IncomingMessage, 'method' | 'headers' | 'url'>,
  port: number,
): string | undefined {
  const { host, origin } = headers;
  if (host === undefined || !hostsOf(port).includes(host))
    return 'This console answers on this machine only.';
  if (origin !== undefined && origin !== `http://${host}`) return 'This console answers its own page only.';
  const comesToThePage = headers['sec-fetch-mode'] === 'navigate' && url?.split('?')[0] === '/';
  if (!isOwn.has(headers['sec-fetch-site']) && !comesToThePage)
    return 'This console answers its own page only.';
  return method === 'GET' ? undefined : 'This console shows; it changes nothing.';
}

export function protect(response: ServerResponse): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
