import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';

/** Reads the merchant's secret, JSON {apiKey}. */
export type ReadSecret = () => Promise<string>;

const Secret = z.object({ apiKey: z.string().check(z.minLength(8)) });

/** The merchant's key, by which the shop calls. @throws where the secret has none */
export const apiKeyOf = async (readSecret: ReadSecret): Promise<string> =>
  z.parse(Secret, JSON.parse(await readSecret())).apiKey;

/** How long a secret that was read is believed, milliseconds. */
const BELIEVED = 5 * 60_000;
/** A wrong key has it read again, for it may have been rolled; not more often than this. */
const AGAIN_AFTER = 5_000;

/** Tells whether a key is the merchant's, in a time that does not depend on how much of it is right. */
export function merchantKeys(readSecret: ReadSecret, clock: () => Date): (key: string) => Promise<boolean> {
  let known: { readonly digest: Buffer; readonly at: number } | undefined;
  const read = async () => {
    known = { digest: digestOf(await apiKeyOf(readSecret)), at: clock().getTime() };
    return known;
  };
  return async (key) => {
    const digest = digestOf(key);
    const age = known ? clock().getTime() - known.at : Number.POSITIVE_INFINITY;
    const current = known && age < BELIEVED ? known : await read();
    if (timingSafeEqual(digest, current.digest)) return true;
    if (current !== known || age < AGAIN_AFTER || age >= BELIEVED) return false;
    return timingSafeEqual(digest, (await read()).digest);
  };
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
