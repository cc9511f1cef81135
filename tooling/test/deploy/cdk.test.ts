import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { essence } from '../../src/deploy/cdk.js';
import { newDeployLog } from '../../src/deploy/deploy-log.js';

it('what matters of a failed `cdk deploy` begins with its first failure', () => {
  expect(essence('a: creating stack...\n❌  a failed to deploy\nwhy\n❌  b failed to deploy\n\n')).toBe(
    '❌  a failed to deploy\nwhy\n❌  b failed to deploy',
  );
});

it('without such a mark its last lines must do', () => {
  const lines = Array.from({ length: 40 }, (_, n) => `line ${n}`);

  expect(essence(lines.join('\n')).split('\n')).toEqual(lines.slice(15));
});

it('logs of the last twenty deployments of an environment are kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-log-'));
  for (let day = 1; day <= 25; day += 1)
    writeFileSync(newDeployLog('dev', new Date(2026, 0, day), folder), '');
  writeFileSync(newDeployLog('prod', new Date(2025, 0, 1), folder), '');

  const logs = readdirSync(folder).sort();

  expect(logs.filter((name) => name.startsWith('deploy-dev-'))).toHaveLength(20);
  expect(logs[0]).toMatch(/^deploy-dev-2026-01-0[56]T/);
  expect(logs.at(-1)).toMatch(/^deploy-prod-2025-/);
  rmSync(folder, { recursive: true });
});
