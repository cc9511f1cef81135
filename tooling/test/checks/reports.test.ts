import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { junitTally, vitestTally } from '../../src/checks/reports.js';

function report(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'report-')), 'report');
  writeFileSync(file, text);
  return file;
}

const vitest = (numbers: object) =>
  report(
    JSON.stringify({
      numPassedTests: 0,
      numFailedTests: 0,
      numFailedTestSuites: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      success: true,
      ...numbers,
    }),
  );

describe('the tally of a vitest report', () => {
  it('counts passed and failed tests', () => {
    expect(vitestTally(vitest({ numPassedTests: 7, numFailedTests: 2, success: false }))).toEqual({
      passed: 7,
      failed: 2,
    });
  });

  it('counts a skipped test as failed: it has shown nothing', () => {
    expect(vitestTally(vitest({ numPassedTests: 7, numPendingTests: 1 }))).toEqual({ passed: 7, failed: 1 });
  });

  it('counts a file that does not load as failed', () => {
    expect(vitestTally(vitest({ numPassedTests: 7, numFailedTestSuites: 1, success: false })).failed).toBe(1);
  });

  it('refuses a run without tests', () => {
    expect(() => vitestTally(vitest({}))).toThrow('counts no test');
  });
});

describe('the tally of a JUnit report', () => {
  it('counts failures, errors and skips as failed', () => {
    const file = report('<testsuites><testsuite tests="10" failures="1" errors="1" skipped="2"></testsuite>');

    expect(junitTally(file)).toEqual({ passed: 6, failed: 4 });
  });

  it('refuses a run without tests', () => {
    expect(() => junitTally(report('<testsuites/>'))).toThrow('counts no test');
  });
});
