import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plantTree, root } from './planted-tree.js';

const biome = join(root, 'node_modules/.bin/biome');
const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;

function lint(path: string, text: string): string {
  const tree = plantTree({
    [path]: text,
    'biome.json': JSON.stringify({ ...config, $schema: undefined, vcs: undefined }),
  });
  cpSync(join(root, 'tooling/lint'), join(tree, 'tooling/lint'), { recursive: true });
  const { stdout, stderr } = spawnSync(biome, ['lint', '--max-diagnostics=none', path], {
    cwd: tree,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

const ambient = 'Inject the clock';
const env = 'Read the environment in config.ts only';

describe('our lint rules', () => {
  it.each([
    ['the clock', 'Date.now()'],
    ['the clock as an object', 'new Date()'],
    ['randomness', 'Math.random()'],
    ['ids', 'randomUUID()'],
    ['ids of the web API', 'crypto.randomUUID()'],
    ['settings', "process.env['TABLE_NAME']"],
  ])('refuse %s in domain and application', (_, code) => {
    for (const layer of ['domain', 'application'])
      expect(lint(`services/shop/src/${layer}/rule.ts`, `export const x = ${code};`)).toContain(ambient);
  });

  it('refuse settings read outside config.ts', () => {
    const read = "export const x = process.env['TABLE_NAME'];";

    expect(lint('services/shop/src/adapters/table.ts', read)).toContain(env);
    expect(lint('services/shop/src/config.ts', read)).not.toContain(env);
  });

  it('let a date be made from what was given', () => {
    expect(lint('services/shop/src/domain/rule.ts', 'export const x = new Date(5);')).not.toContain(ambient);
  });
});
