import type { ViteUserConfig } from 'vitest/config';

/** Suites against a deployed environment: they wait for conditions, and the clock only ends what hangs. */
export const deployed = (include: string[]): ViteUserConfig => ({
  test: { include, testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 2 },
});
