import { createHash, randomBytes } from 'node:crypto';
import { type Clock, systemClock } from './clock.js';
import { crockford, crockfordNumber } from './crockford.js';

/** Gives a new id with each call: `res_` and 26 characters of Crockford base32 for the prefix `res`. */
export type IdSource = <P extends string>(prefix: P) => `${P}_${string}`;

export interface UlidOptions {
  readonly clock?: Clock;
  /** As many random bytes as asked for. */
  readonly random?: (bytes: number) => Uint8Array;
}

const RANDOM_BYTES = 10;

/**
 * ULIDs (48 bits of milliseconds, 80 random bits). Ids of one source grow, also within a millisecond and when
 * the clock steps back.
 */
export function ulidSource({ clock = systemClock, random = randomBytes }: UlidOptions = {}): IdSource {
  let last = -1;
  let entropy = new Uint8Array(RANDOM_BYTES);
  return (prefix) => {
    const now = clock().getTime();
    if (now > last) {
      last = now;
      entropy = Uint8Array.from(random(RANDOM_BYTES));
    } else if (!increment(entropy)) {
      last += 1;
    }
    return `${prefix}_${crockfordNumber(last, 10)}${crockford(entropy, 16)}`;
  };
}

/** Adds one; false where it started again at zero. */
function increment(bytes: Uint8Array): boolean {
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    const next = ((bytes[index] ?? 0) + 1) & 0xff;
    bytes[index] = next;
    if (next !== 0) return true;
  }
  return false;
}

/**
 * The id that follows from its parts: Crockford base32 of the first 130 bits of sha256 over the parts as a JSON
 * array (so that no other list of parts yields the same text). The same request, sent again, means the same id.
 */
export function derivedId<P extends string>(prefix: P, ...parts: readonly string[]): `${P}_${string}` {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  return `${prefix}_${crockford(digest, 26)}`;
}
