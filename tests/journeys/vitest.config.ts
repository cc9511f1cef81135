import { defineConfig } from 'vitest/config';

/** One browser at a time: a journey looks at stock, which another one would move. */
export default defineConfig({
  test: {
    include: ['journeys/**/*.journey.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
