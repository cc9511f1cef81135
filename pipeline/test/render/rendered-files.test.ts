import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderedFiles, staleFiles } from '../../src/render/rendered-files.js';

describe('the rendered files of the repository', () => {
  it('are what the definition says: `pnpm run pipeline render` writes them', () => {
    expect(staleFiles()).toEqual([]);
  });
});

describe('stale files', () => {
  let folder: string;
  const files = renderedFiles();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shipline-rendered-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(Object.keys(files))('are found when somebody edits %s', (path) => {
    writeFileSync(join(folder, path), `${files[path]}# mine\n`);
    expect(staleFiles(files, folder)).toEqual([path]);
  });

  it.each(Object.keys(files))('are found when %s is gone', (path) => {
    rmSync(join(folder, path));
    expect(staleFiles(files, folder)).toEqual([path]);
  });
});
