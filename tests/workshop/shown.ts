import { stripVTControlCharacters } from 'node:util';

/** Stands for anything within a line; alone in a line, for any number of lines. */
const anything = '…';

/**
 * Looks for what a page shows in what was printed. Lines that stand together in the page must stand together; blank
 * lines, and how much space there is between two words, do not count.
 * @returns the line of the page that was not found, or undefined.
 */
export function notPrinted(shown: string, printed: string): string | undefined {
  const lines = linesOf(printed);
  let from = 0;
  for (const passage of passagesOf(shown)) {
    const found = find(passage, lines, from);
    if (found.at === undefined) return found.missing;
    from = found.at + passage.length;
  }
  return undefined;
}

type Found =
  | { readonly at: number; readonly missing?: undefined }
  | { readonly at?: undefined; readonly missing: string };

function find(passage: readonly string[], lines: readonly string[], from: number): Found {
  const patterns = passage.map(patternOf);
  // The line to name is the one after the longest match.
  let furthest = 0;
  for (let at = from; at <= lines.length; at++) {
    const matching = patterns.findIndex((pattern, offset) => !pattern.test(lines[at + offset] ?? '\0'));
    if (matching < 0) return { at };
    furthest = Math.max(furthest, matching);
  }
  return { missing: passage[furthest] ?? '' };
}

function passagesOf(shown: string): string[][] {
  const passages: string[][] = [[]];
  for (const line of linesOf(shown)) {
    if (line === anything) passages.push([]);
    else passages.at(-1)?.push(line);
  }
  return passages.filter(({ length }) => length > 0);
}

const linesOf = (text: string): string[] =>
  stripVTControlCharacters(text)
    .split(/\r?\n|\r/)
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '');

const patternOf = (line: string) => new RegExp(`^${line.split(/ ?… ?/).map(literally).join('.*')}$`);

const literally = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
