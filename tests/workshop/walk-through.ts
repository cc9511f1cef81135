import { basename } from 'node:path';
import { type Step, stepsOf } from './page.js';
import { notPrinted } from './shown.js';
import type { Terminal } from './terminal.js';

/** A page says something that is not so; the message says where, what, and what was printed instead. */
export class RottenPage extends Error {
  override readonly name = 'RottenPage';
}

export interface Page {
  readonly file: string;
  readonly markdown: string;
}

/**
 * Does what a page says, step by step, as a reader with one terminal does.
 * @param port base of the cloud's ports here; the page names those that a reader has.
 * @throws {RottenPage} at the first step that does not end as the page says.
 */
export async function walkThrough({ file, markdown }: Page, terminal: Terminal, port: number): Promise<void> {
  for (const step of stepsOf(atPort(markdown, port))) {
    const { code, output } = await terminal.type(step.commands, { toFail: step.fails });
    const wrong = whatIsWrong(step, code, output);
    if (wrong !== undefined)
      throw new RottenPage(
        [
          `${basename(file)}:${step.line}: ${wrong}`,
          indented(step.commands),
          'What was printed:',
          output,
        ].join('\n\n'),
      );
  }
}

function whatIsWrong({ fails, shown }: Step, code: number, output: string): string | undefined {
  if (fails && code === 0) return 'these commands should fail, and do not';
  if (!fails && code !== 0) return `these commands fail (exit code ${code})`;
  const missing = shown === undefined ? undefined : notPrinted(shown, output);
  return missing === undefined ? undefined : `nobody sees this line: ${missing}`;
}

/** The first port of those that a reader has. */
const readersPort = 4566;

const atPort = (markdown: string, port: number) =>
  markdown.replaceAll(
    /\blocalhost:(456[678])\b/g,
    (_, named: string) => `localhost:${Number(named) - readersPort + port}`,
  );

const indented = (text: string) => text.replaceAll(/^/gm, '    ');
