import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cloudPlace } from '@shipline/local-cloud';
import { root } from '@shipline/tooling/paths';
import { afterAll, beforeAll, it } from 'vitest';
import { type CopiedRepository, copyRepository } from '../support/copied-repository.js';
import { openTerminal } from './terminal.js';
import { type Page, walkThrough } from './walk-through.js';

export const folder = join(root, 'docs/workshop');

/** The quick ones are tried with every pull request; the others take minutes. */
export const tried = {
  quick: ['README.md', '1-follow-an-order.md'],
  slow: ['2-sam-by-hand.md', '3-ship-with-a-canary.md'],
} as const;

export const pageOf = (name: string): Page => ({
  file: name,
  markdown: readFileSync(join(folder, name), 'utf8'),
});

/** A test for each of these pages, in a copy of the repository and on the cloud under test. */
export function tryPages(names: readonly string[]): void {
  let repository: CopiedRepository;
  // `pnpm test` says where its cloud keeps its state; by hand it is the one that runs from here.
  const { port, stateDir } = cloudPlace({ stateDir: process.env['SHIPLINE_CLOUD_STATE'] });
  beforeAll(async () => {
    repository = await copyRepository(stateDir);
  });
  afterAll(() => repository?.remove());

  it.each(names)('%s: every command does what the page says', async (name) => {
    const terminal = openTerminal(repository.folder, repository.env);
    try {
      await walkThrough(pageOf(name), terminal, port);
    } finally {
      await terminal.close();
    }
  });
}
