import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  keepRollback,
  lastGoodRelease,
  type RollbackRecord,
  rollbacks,
} from '../../src/delivery/rollback-record.js';
import { keep, type RunRecord, runs } from '../../src/delivery/run-record.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 8, minute)).toISOString();
const dev = { name: 'dev', environment: 'dev' };

/** A run that left dev behind in one minute and ended in another. */
const run = (release: string, leftDev: number, ended: number): RunRecord => ({
  id: release,
  commit: release,
  committedAt: at(0),
  startedAt: at(leftDev - 1),
  endedAt: at(ended),
  gates: [
    { stage: 'dev', job: 'test', gate: 'alarms', startedAt: at(leftDev - 1), seconds: 60, opened: true },
  ],
  passed: ['build', 'dev'],
  release,
  verdict: { kind: 'released' },
});

const rollback = (release: string, minute: number, more: Partial<RollbackRecord> = {}): RollbackRecord => ({
  environment: 'dev',
  release,
  startedAt: at(minute - 1),
  endedAt: at(minute),
  back: true,
  ...more,
});

/** As it is read from the folders that it was kept in. */
function after(...records: (RunRecord | RollbackRecord)[]) {
  const folder = mkdtempSync(join(tmpdir(), 'shipline-records-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [ofRuns, ofRollbacks] = [join(folder, 'runs'), join(folder, 'rollbacks')];
  for (const record of records)
    if ('verdict' in record) keep(record, ofRuns);
    else keepRollback(record, ofRollbacks);
  return lastGoodRelease({ runs: runs(ofRuns), rollbacks: rollbacks(ofRollbacks) }, dev);
}

describe('the release to go back to', () => {
  it('is the last one that stood every test of the stage', () => {
    const stopped = { ...run('r2', 20, 25), passed: ['build'] };

    expect(after(run('r1', 10, 15), stopped)).toBe('r1');
    expect(after(stopped)).toBeUndefined();
  });

  it('is not one that somebody has rolled back', () => {
    expect(after(run('r1', 10, 15), run('r2', 20, 25), rollback('r1', 30))).toBe('r1');
    expect(after(run('r1', 10, 15), rollback('r0', 20), run('r2', 30, 35))).toBe('r2');
  });

  it('is not one that was rolled back in this environment while it went on to the next', () => {
    expect(after(run('r1', 10, 15), run('r2', 20, 40), rollback('r1', 30))).toBe('r1');
  });

  it('is left alone by a rollback elsewhere, and by one that did not come to its end', () => {
    const elsewhere = rollback('r1', 30, { environment: 'prod' });
    const inVain = rollback('r1', 31, { back: false });

    expect(after(run('r1', 10, 15), run('r2', 20, 25), elsewhere, inVain)).toBe('r2');
  });
});
