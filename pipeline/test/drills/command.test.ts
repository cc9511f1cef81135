import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { run, tool, toolEnvironment } from '@shipline/tooling/process';
import { expect, it } from 'vitest';

/** `pnpm drill good-release`, where no local cloud runs. */
const drill = (...args: string[]) =>
  run(tool('tsx'), [join(root, 'pipeline/commands/drill.ts'), 'good-release', ...args], {
    env: toolEnvironment({ SHIPLINE_ACCOUNTS: 'local', SHIPLINE_CLOUD_PORT: '1' }),
  });

it.each([
  ['prod', 'Environment `prod` runs signed code only'],
  ['staging', 'The local cloud does not run'],
])('who allows harm in %s is told: %s', async (environment, sentence) => {
  const { code, output } = await drill('--env', environment, '--allow-harm');

  expect(code).toBe(1);
  expect(output).toContain(sentence);
});
