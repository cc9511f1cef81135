import { defineConfig } from 'vitest/config';
import { deployed } from '../vitest.base.js';

/** The services' contract suites, which their fakes pass as unit tests, on the real thing. */
export default defineConfig({
  ...deployed(['services/*/test/**/*.integration.test.ts']),
  root: new URL('../..', import.meta.url).pathname,
});
