import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { openTerminal } from './terminal.js';

it('reads letters of several bytes as what they are, wherever a chunk of the output ends', async () => {
  const terminal = openTerminal(tmpdir(), process.env);
  const text = '€'.repeat(100_000);

  const { output } = await terminal.type(`node -p "'€'.repeat(100000)"`, { toFail: false });
  await terminal.close();

  expect(output.trim() === text, `${output.replaceAll('€', '').length} characters are no €`).toBe(true);
});
