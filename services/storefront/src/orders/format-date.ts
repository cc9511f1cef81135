/** `2026-11-23T09:00:00.000Z` -> `23 November 2026, 10:00` in the reader's own time zone. */
export function formatDate(iso: string, locale = 'en-GB', timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(new Date(iso));
}
