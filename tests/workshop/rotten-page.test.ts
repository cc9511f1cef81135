import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lessons } from '@shipline/pipeline/workshop/lessons';
import { describe, expect, it } from 'vitest';
import { folder, pageOf, tried } from './lessons.js';
import { linksOf, stepsOf } from './page.js';
import { notPrinted } from './shown.js';
import { openTerminal } from './terminal.js';
import { RottenPage, walkThrough } from './walk-through.js';

const fence = '```';
const block = (lang: string, text: string) => `${fence}${lang}\n${text}\n${fence}\n`;

/** Walks through a page in an ordinary shell. */
async function walk(...blocks: string[]): Promise<void> {
  const terminal = openTerminal(tmpdir(), process.env);
  try {
    await walkThrough({ file: 'planted.md', markdown: blocks.join('\n') }, terminal, 5000);
  } finally {
    await terminal.close();
  }
}

describe('a page', () => {
  it('is walked through in one terminal: what a step sets, the next one has', async () => {
    await walk(
      block('sh', 'ORDER=ord_1\ncd /'),
      block('sh', 'echo "$ORDER in $(pwd)"'),
      block('text', 'ord_1 in /'),
    );
  });

  it('shows what both streams say, however long it is', async () => {
    await walk(block('sh', 'seq 20000\necho last >&2'), block('text', '1\n2\n…\n20000\nlast'));
  });

  it('may hold steps in lists and in what is folded away', async () => {
    const listed = block('sh', 'false').replaceAll(/^/gm, '   ');
    const folded = `<details><summary>Solution</summary>\n\n${block('sh', 'true')}\n</details>`;

    expect(stepsOf(`1. Do this\n\n${listed}\n\n${folded}`).map(({ commands }) => commands)).toEqual([
      'false',
      'true',
    ]);
  });

  it('names the ports that a reader has', async () => {
    await walk(
      block('sh', 'echo localhost:4566 localhost:4568 14567'),
      block('text', 'localhost:5000 localhost:5002 14567'),
    );
  });

  it('gives the commands nothing to read, and goes on after one that must fail', async () => {
    await walk(block('sh fails', 'cat; echo told; false'), block('text', 'told'), block('sh', 'true'));
  });
});

describe('a rotten page is found', () => {
  it.each([
    [
      'a command that fails',
      [block('sh', 'true'), block('sh', 'echo so; false\necho on')],
      'planted.md:5: these commands fail (exit code 1)',
    ],
    [
      'a command that is not there',
      [block('sh', 'no-such-command')],
      'planted.md:1: these commands fail (exit code 127)',
    ],
    [
      'a command that ends the shell',
      [block('sh', 'exit 3')],
      'planted.md:1: these commands fail (exit code 3)',
    ],
    ['a command that no longer fails', [block('sh fails', 'true')], 'these commands should fail, and do not'],
    ['another output', [block('sh', 'echo two'), block('text', 'one')], 'nobody sees this line: one'],
    [
      'another order',
      [block('sh', 'printf "b\\na\\n"'), block('text', 'a\n…\nb')],
      'nobody sees this line: b',
    ],
    [
      'a line between two that stand together',
      [block('sh', 'printf "a\\n-\\nb\\n"'), block('text', 'a\nb')],
      'nobody sees this line: b',
    ],
  ])('%s', async (_, blocks, sentence) => {
    const walked = walk(...blocks);

    await expect(walked).rejects.toThrow(RottenPage);
    await expect(walked).rejects.toThrow(sentence);
  });

  it.each([
    ['a block that nobody would try', block('bash', 'true'), 'Line 1: a block is of `sh`'],
    ['a block without a language', `${fence}\ntrue\n${fence}`, 'Line 1: a block is of `sh`'],
    ['an output without commands', block('text', 'one'), 'Line 1: no commands stand before'],
    [
      'two outputs',
      block('sh', 'echo') + block('text', '') + block('text', ''),
      'Line 7: no commands stand before',
    ],
    ['a word that is not known', block('sh mayfail', 'true'), 'Line 1: nothing is known of `mayfail`'],
  ])('%s', (_, page, sentence) => {
    expect(() => stepsOf(page)).toThrow(sentence);
  });
});

describe('what is printed', () => {
  it.each([
    ['order …: confirmed in … s', 'order ord_7: confirmed in 3.1 s'],
    ['a b', '\u001b[32ma\u001b[39m \t  b  '],
    ['1 (of 2) [x] $?', '1 (of 2) [x] $?'],
    ['first\n…\nlast', 'before\nfirst\n\nlast\nafter'],
  ])('%j is seen in %j', (shown, printed) => {
    expect(notPrinted(shown, printed)).toBeUndefined();
  });

  it.each([
    ['a.c', 'abc', 'a.c'],
    ['order … confirmed', 'order ord_7 refused', 'order … confirmed'],
    ['whole line', 'not the whole line', 'whole line'],
    ['a\nb\nc', 'a\nb\nx\na\nc', 'c'],
  ])('%j is not seen in %j', (shown, printed, missing) => {
    expect(notPrinted(shown, printed)).toBe(missing);
  });
});

const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));

it('is tried for every page: `pnpm workshop list` knows them all, and so do the tests', () => {
  const known = ['README.md', ...lessons.map(({ page }) => page)];

  expect(pages.toSorted()).toEqual(known.toSorted());
  expect([...tried.quick, ...tried.slow].toSorted()).toEqual(pages.toSorted());
});

it.each(pages)('%s links to what is there, and says of each command what must be seen', (name) => {
  const { markdown } = pageOf(name);

  expect(stepsOf(markdown).length).toBeGreaterThan(0);
  const targets = linksOf(markdown).filter((url) => !url.startsWith('http'));
  expect(targets.filter((url) => !existsSync(join(folder, url.replace(/#.*/, ''))))).toEqual([]);
});
