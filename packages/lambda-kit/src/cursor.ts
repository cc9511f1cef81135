import * as z from 'zod/mini';
import { parsedJson } from './json.js';

/** Where a list goes on, as its callers carry it: opaque to them, base64url of JSON. */
export const encodeCursor = (position: object): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** The position, or undefined for what is none of this schema: somebody made it up, or it is another list's. */
export function decodeCursor<S extends z.ZodMiniType>(position: S, cursor: string): z.output<S> | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  // Node skips what is no base64url.
  if (bytes.toString('base64url') !== cursor) return undefined;
  const result = z.safeParse(position, parsedJson(bytes.toString()));
  return result.success ? result.data : undefined;
}
