import { defineConfig } from 'vitest/config';

/** Settings of every package's unit tests: what turbo caches is the report, which `pnpm test` adds up. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}', 'src/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/*.integration.test.ts'],
    reporters: ['default', 'json'],
    outputFile: { json: '.reports/unit.json' },
    testTimeout: 60_000,
  },
});
