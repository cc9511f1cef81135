import type { Code, Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** A block of commands of a page, and what the page says that they print. */
export interface Step {
  /** Where the block begins in the page, from 1. */
  readonly line: number;
  readonly commands: string;
  /** The page says that they must fail: ```` ```sh fails ````. */
  readonly fails: boolean;
  /** Undefined where the page shows nothing. */
  readonly shown: string | undefined;
}

/** What a page may show of an output. */
const outputs = ['text', 'diff', 'json'];

/**
 * The commands of a page in the order in which a reader copies them. A block in `sh` is copied; one in `text`, `diff`
 * or `json` after it is what must be seen.
 * @throws {SyntaxError} for any other block: it would be copied, and nobody would have tried it.
 */
export function stepsOf(markdown: string): readonly Step[] {
  const steps: Step[] = [];
  for (const block of blocksOf(fromMarkdown(markdown))) {
    const line = block.position?.start.line ?? 0;
    const last = steps.at(-1);
    if (block.lang === 'sh')
      steps.push({ line, commands: block.value, fails: hasFailing(block, line), shown: undefined });
    else if (!outputs.includes(block.lang ?? ''))
      throw new SyntaxError(
        `Line ${line}: a block is of \`sh\` or of ${outputs.join(', ')}, not ${block.lang}.`,
      );
    else if (last === undefined || last.shown !== undefined)
      throw new SyntaxError(`Line ${line}: no commands stand before what should be seen here.`);
    else steps[steps.length - 1] = { ...last, shown: block.value };
  }
  return steps;
}

/** Addresses that a page links to. */
export function linksOf(markdown: string): readonly string[] {
  return nodesOf(fromMarkdown(markdown)).flatMap((node) =>
    node.type === 'link' || node.type === 'image' ? [node.url] : [],
  );
}

function hasFailing({ meta }: Code, line: number): boolean {
  if (meta === 'fails') return true;
  if (!meta) return false;
  throw new SyntaxError(
    `Line ${line}: nothing is known of \`${meta}\`; commands that must fail are \`fails\`.`,
  );
}

const blocksOf = (page: Nodes) => nodesOf(page).filter((node) => node.type === 'code');

const nodesOf = (node: Nodes): readonly Nodes[] => [
  node,
  ...('children' in node ? node.children.flatMap(nodesOf) : []),
];
