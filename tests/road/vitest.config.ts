import { defineConfig } from 'vitest/config';

/** Whole releases, one after the other: each takes minutes, and the clock only ends what hangs. */
export default defineConfig({
  test: {
    include: ['road/**/*.test.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
