import { defineConfig } from 'vitest/config';

/** One page at a time: they deploy to one cloud. A command that hangs ends with the whole page. */
export default defineConfig({
  test: {
    include: ['workshop/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
