import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { run, tool, toolEnvironment } from '@shipline/tooling/process';
import { expect, it } from 'vitest';

/** `pnpm workshop`, where no local cloud runs. */
const workshop = (...args: string[]) =>
  run(tool('tsx'), [join(root, 'pipeline/commands/workshop.ts'), ...args], {
    env: toolEnvironment({ SHIPLINE_CLOUD_PORT: '1' }),
  });

it('helps', async () => {
  const { code, output } = await workshop('--help');

  expect(code).toBe(0);
  expect(output).toMatch(/^pnpm workshop: .+\n\nUsage: pnpm workshop list\n/);
});

it.each([
  [['check', '1'], 'start the shop with `pnpm dev` or `pnpm deploy:local`'],
  [['buy'], 'start the shop with `pnpm dev` or `pnpm deploy:local`'],
  [['check'], 'Name a lesson: 1, 2, 3.'],
  [['check', '4'], 'Name a lesson: 1, 2, 3.'],
  [['check', '1', '2'], 'Say `list`, `check <lesson>` or `buy`'],
  [[], 'Say `list`, `check <lesson>` or `buy`'],
])('%j says what is wrong in one sentence', async (args, sentence) => {
  const { code, output } = await workshop(...args);

  expect(code).toBe(1);
  expect(output.trim()).toContain(sentence);
  expect(output).not.toContain('    at ');
});
