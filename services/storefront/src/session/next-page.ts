/**
 * Where to go after signing in: a path of this shop. Anything else, such as another site's address that was
 * slipped into the link, leads to the shelves.
 */
export function nextPage(search: URLSearchParams): string {
  const next = search.get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}
