/** How many things a check tried, and what went wrong. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** One part of `pnpm test`. */
export interface Check {
  /** What `--only` calls it. */
  readonly name: string;
  readonly title: string;
  /** Needs the deployed test cloud. */
  readonly needsCloud?: true;
  /** Waits more than it computes: it runs beside the others that need no cloud, and is told when its turn comes. */
  readonly beside?: true;
  /** Runs in `pnpm test:all` only. */
  readonly slow?: true;
  readonly run: (context: CheckContext) => Promise<Tally>;
}

export interface CheckContext {
  /** Environment for programs that talk to the deployed test cloud; plain without one. */
  readonly env: Record<string, string | undefined>;
  /** True in `pnpm test:all`: leave nothing out. */
  readonly all: boolean;
  /** Shows a line of a running check. */
  readonly show: (line: string) => void;
}

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
});
export const nothing: Tally = { passed: 0, failed: 0 };

/** A runner that ends red without a red test (a crash, an unhandled error) has failed all the same. */
export const atLeastOneFailure = (tally: Tally, exitCode: number): Tally =>
  exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
