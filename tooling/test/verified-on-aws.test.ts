import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './planted-tree.js';

const rows = readFileSync(join(root, 'docs/verified-on-aws.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!-|claim)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, claim = '', local = '']) => ({ claim, local }));

const tests = [
  'tests/**/*.test.ts',
  '{infra,pipeline,tooling}/test/**/*.test.ts',
  'packages/local-cloud/extension/**/*.py',
].flatMap((pattern) => globSync(pattern, { cwd: root, exclude: ['**/node_modules/**'] }));

/** `a_{b,c}.py` as both; a trailing `*` as anything. */
function namesNoFile(reference: string): boolean {
  const [, before = reference, choices = '', after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(reference) ?? [];
  return !choices.split(',').every((choice) => {
    const name = `${before}${choice}${after}`.replaceAll('.', '\\.').replaceAll('*', '.*');
    return tests.some((file) => new RegExp(`(^|/)${name}$`).test(file));
  });
}

it('makes each claim once', () => {
  const claims = rows.map(({ claim }) => claim);

  expect(rows.length).toBeGreaterThan(30);
  expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([]);
});

it('names tests that are there', () => {
  const named = rows.flatMap(({ local }) => [...local.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  const files = named.filter((name) => /\.(test\.ts|py)$|\*$/.test(name));

  expect(files.length).toBeGreaterThan(20);
  expect(files.filter(namesNoFile)).toEqual([]);
});
