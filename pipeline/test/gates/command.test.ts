import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { run, tool, toolEnvironment } from '@shipline/tooling/process';
import { expect, it } from 'vitest';
import { goesBack } from '../../src/delivery/going-back.js';
import { folderOf } from '../release/builders.js';

it('`pnpm gate` is told by the engine that a release comes back', async () => {
  const { code, output } = await run(
    tool('tsx'),
    [join(root, 'pipeline/commands/gate.ts'), 'contracts', '--env', 'dev', '--release', folderOf({})],
    { env: toolEnvironment({ SHIPLINE_GOES_BACK: 'true' }) },
  );

  expect({ code, output }).toMatchObject({
    code: 1,
    output: expect.stringContaining('It comes back: can it read what is live?'),
  });
});

it.each(['', 'false', undefined])('%j tells that it does not', (value) => {
  expect(goesBack({ SHIPLINE_GOES_BACK: value })).toBe(false);
});
