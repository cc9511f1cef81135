/**
 * GitLab's `changes` names what starts a pipeline and cannot leave anything out, so that what is ignored is turned
 * around: the folders and endings that are left. A new folder at the root makes the rendered file stale.
 *
 * GitLab matches by Ruby's `File.fnmatch` with FNM_PATHNAME, FNM_DOTMATCH and FNM_EXTGLOB: no `!(…)`, but `[^…]`.
 */
export function changesFrom(ignores: readonly string[], tracked: readonly string[]): string[] {
  const folders = ignores.flatMap((glob) => /^([^*/]+)\/\*\*$/.exec(glob)?.[1] ?? []);
  const endings = ignores.flatMap((glob) => /^\*\*\/\*(\.[a-z]+)$/.exec(glob)?.[1] ?? []);
  const known = folders.length + endings.length;
  if (known < ignores.length || endings.length > 1)
    throw new Error('GitLab can leave out whole folders and one ending (docs/**, **/*.md), nothing else.');
  const names = notEndingIn(endings[0]);
  const rest = [...new Set(tracked.flatMap(folderOf))]
    .filter((folder) => !folders.includes(folder))
    .toSorted();
  return [...names, ...names.map((name) => `{${rest.join(',')}}/**/${name}`)];
}

const folderOf = (path: string) => (path.includes('/') ? [path.slice(0, path.indexOf('/'))] : []);

/** Names of files without this ending, for `.md`: those whose last letter is another, or the one before, and so on. */
const notEndingIn = (ending: string | undefined): string[] =>
  ending === undefined
    ? ['*']
    : [...ending].map((letter, index) => `*[^${letter}]${ending.slice(index + 1)}`);
