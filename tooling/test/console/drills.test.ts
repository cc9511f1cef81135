import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { drillRow, readDrills } from '../../src/console/readers/drills.js';
import { type DrillRecord, writeDrillRecord } from '../../src/drills/record.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'shipline-drills-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const record: DrillRecord = {
  name: 'bad-release',
  environment: 'local',
  summary: 'A catalog that fails is taken back.',
  startedAt: 1000,
  pid: process.pid,
};
const passed = { passed: true, sentence: 'passed' };
const keep = (given: Partial<DrillRecord>) =>
  writeDrillRecord(join(directory, `drill-${given.startedAt ?? 0}`), { ...record, ...given });

it('finds none where none was run', () => {
  expect(readDrills(join(directory, 'absent'), 'local')).toEqual([]);
});

it('shows the drills of its environment, the youngest first, and no other folder', () => {
  mkdirSync(join(directory, '.work-1'));
  keep({ startedAt: 1000, endedAt: 2000, verdict: passed });
  keep({ startedAt: 3000 });
  keep({ startedAt: 4000, environment: 'dev' });

  expect(readDrills(directory, 'local')).toEqual([
    { name: record.name, summary: record.summary, startedAt: 3000, state: 'running' },
    { name: record.name, summary: record.summary, startedAt: 1000, endedAt: 2000, state: 'passed' },
  ]);
});

it('shows the last that a record was written with', () => {
  keep({ startedAt: 1000 });
  keep({ startedAt: 1000, endedAt: 2000, verdict: passed });

  expect(readDrills(directory, 'local')).toMatchObject([{ state: 'passed' }]);
});

it.each([
  ['is cut', '{"name":"bad-rel'],
  ['is of another version', '{"name":"bad-release"}'],
])('leaves out one whose record %s, and shows the others', (_, text) => {
  keep({ startedAt: 1000 });
  mkdirSync(join(directory, 'drill-cut'));
  writeFileSync(join(directory, 'drill-cut/record.json'), text);

  expect(readDrills(directory, 'local')).toMatchObject([{ startedAt: 1000, state: 'running' }]);
});

it('says what does not hold of one that failed', () => {
  const verdict = { passed: false, sentence: 'failed: 2 of 9 do not hold' };

  expect(drillRow({ ...record, endedAt: 2000, verdict }, () => true)).toMatchObject({
    state: 'failed',
    finding: 'failed: 2 of 9 do not hold',
  });
});

it.each([
  ['ended before it was judged', { endedAt: 2000 }, true],
  ['was killed', {}, false],
] as const)('calls one that %s broken off', (_, given, alive) => {
  expect(drillRow({ ...record, ...given }, () => alive).state).toBe('broken off');
});
