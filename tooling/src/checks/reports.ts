import { readFileSync } from 'node:fs';
import type { Tally } from './check.js';

/**
 * Reads vitest's JSON report.
 * @throws when there is none, or when it counts no test: a run that ran nothing is not green.
 */
export function vitestTally(file: string): Tally {
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
    numPendingTests: number;
    numTodoTests: number;
    success: boolean;
  };
  const skipped = report.numPendingTests + report.numTodoTests;
  // A file that does not load has no failed test; a skipped test has not shown anything.
  const failed =
    report.numFailedTests + skipped || (report.success ? 0 : Math.max(1, report.numFailedTestSuites));
  if (report.numPassedTests + failed === 0) throw new Error(`${file} counts no test.`);
  return { passed: report.numPassedTests, failed };
}

/** Reads the counts of a JUnit XML report, as pytest writes it. */
export function junitTally(file: string): Tally {
  const text = readFileSync(file, 'utf8');
  const suite = /<testsuite\b[^>]*>/.exec(text)?.[0] ?? '';
  const count = (name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count('failures') + count('errors') + count('skipped');
  const passed = count('tests') - failed;
  if (count('tests') === 0) throw new Error(`${file} counts no test.`);
  return { passed, failed };
}
