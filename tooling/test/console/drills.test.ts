import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readDrills } from '../../src/console/readers/drills.js';

const directory = mkdtempSync(join(tmpdir(), 'shipline-drills-'));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function leave(folder: string, files: Record<string, string>): void {
  mkdirSync(join(directory, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, folder, name), text);
}

it('finds none where none was run', async () => {
  expect(await readDrills(join(directory, 'absent'))).toEqual([]);
});

it('shows a drill as it runs and as it ended, the youngest first, and no other folder', async () => {
  leave('bad-release-2026-11-25T05-00-12', {
    'report.json': '{"passed": true, "summary": "1 of 875 harmed"}',
    'chart.svg': '<svg/>',
  });
  leave('control-2026-11-25T05-10-00', { 'report.json': '{"passed": false}' });
  leave('good-release-2026-11-25T05-20-00', { 'report.json': '{"passed": tr', 'requests.json': '[1, 2]' });
  leave('notes', { 'a.json': '{}' });

  expect(await readDrills(directory)).toEqual([
    { name: 'good-release', startedAt: Date.parse('2026-11-25T05:20:00Z'), state: 'running' },
    { name: 'control', startedAt: Date.parse('2026-11-25T05:10:00Z'), state: 'failed' },
    {
      name: 'bad-release',
      startedAt: Date.parse('2026-11-25T05:00:12Z'),
      state: 'passed',
      sentence: '1 of 875 harmed',
    },
  ]);
});
