/** Full jitter: anything from nothing to a ceiling that doubles with every attempt. In milliseconds. */
export const backoff = (attempt: number, random: () => number, { base = 25, cap = 400 } = {}): number =>
  random() * Math.min(cap, base * 2 ** attempt);
