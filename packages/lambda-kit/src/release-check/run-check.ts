import { CheckFailed, type ReleaseCheck, type Trial } from './check.js';

/** Where one check stands: calls of its clean-up may take time that those of its run must leave. */
export type Phase = 'run' | 'clean-up';

/**
 * Runs a check, and then its clean-ups, the last asked for first, whatever became of it.
 *
 * @returns why it failed; what its clean-ups could not undo is a failure as well
 */
export async function runCheck(
  { run }: ReleaseCheck,
  trial: Omit<Trial, 'afterwards'>,
  enter: (phase: Phase) => void,
): Promise<CheckFailed[]> {
  const failures: CheckFailed[] = [];
  const cleanUps: (() => Promise<unknown>)[] = [];
  const attempt = async (step: () => Promise<unknown>) => {
    try {
      await step();
    } catch (error) {
      failures.push(asFailure(error));
    }
  };
  enter('run');
  await attempt(() => run({ ...trial, afterwards: (cleanUp) => cleanUps.unshift(cleanUp) }));
  enter('clean-up');
  for (const cleanUp of cleanUps) await attempt(cleanUp);
  return failures;
}

/** Also what the AWS SDK throws (access denied, no such version) says that the version cannot be used. */
function asFailure(error: unknown): CheckFailed {
  if (error instanceof CheckFailed) return error;
  const { name, message } = error as Partial<Error>;
  return new CheckFailed('no error', `${name}: ${message}`);
}
