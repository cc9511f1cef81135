/** A minute in UTC, `2026-11-23T09:15`: reservations that end within one minute are found together. */
export type Minute = string & { readonly brand: 'Minute' };

const MINUTE = 60_000;

export const minuteOf = (time: Date): Minute => time.toISOString().slice(0, 16) as Minute;
export const startOf = (minute: Minute): Date => new Date(`${minute}:00.000Z`);
export const after = (minute: Minute, minutes = 1): Minute =>
  minuteOf(new Date(startOf(minute).getTime() + minutes * MINUTE));

/** The minutes from `first` to `last`, both included, at most `limit` of them. */
export function minutesBetween(first: Minute, last: Minute, limit: number): Minute[] {
  const minutes: Minute[] = [];
  for (let minute = first; minute <= last && minutes.length < limit; minute = after(minute))
    minutes.push(minute);
  return minutes;
}
