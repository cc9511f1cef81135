import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';

const testsOf = (suite: string) => [
  // It asks which environment there is, before its tests do anything.
  'pipeline/src/gates/checks.ts',
  ...readdirSync(join(root, 'tests', suite))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `tests/${suite}/${name}`),
];

/** Gates whose work is done by tests of what is deployed. */
export const suites: Readonly<Record<string, readonly string[]>> = {
  'smoke-tests': testsOf('smoke'),
  'integration-tests': testsOf('integration'),
  journeys: testsOf('journeys'),
};
