import type { ViteUserConfig } from 'vitest/config';

/** Suites against a deployed environment: they wait for conditions, and the clock only ends what hangs. */
export const deployed = (include: string[]): ViteUserConfig => ({
  test: { include, testTimeout: 300_000, hookTimeout: 120_000, maxWorkers: 2 },
});

/** One browser at a time: a journey looks at stock, which another one would move. */
export const oneBrowser = (include: string[]): ViteUserConfig => ({
  test: { include, testTimeout: 180_000, hookTimeout: 60_000, fileParallelism: false },
});
