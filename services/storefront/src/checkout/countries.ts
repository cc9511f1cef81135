/** Where the shop ships to, ISO 3166-1 alpha-2. */
const shipsTo = 'AT AU BE CA CH CZ DE DK ES FI FR GB IE IT JP LU NL NO NZ PL PT SE US'.split(' ');

/** `DE` -> `Germany`; the names are Intl's. */
export const countryName = (code: string, locale = 'en'): string =>
  new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code;

/** Every country of delivery, by name. */
export const countries = (locale = 'en'): readonly { readonly code: string; readonly name: string }[] =>
  shipsTo
    .map((code) => ({ code, name: countryName(code, locale) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
