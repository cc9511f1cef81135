import type * as z from 'zod/mini';
import { type CallVersion, CheckFailed, type ReleaseCheck, type Trial } from './check.js';
import { conforms } from './conforms.js';

export interface AskedTask<S extends z.ZodMiniType> {
  readonly input: unknown;
  readonly output: S;
  /** A part of the output. */
  readonly expected?: unknown;
}

/** One call that changes nothing. Where a check needs more, call `askTask` in a `run` of its own. */
export const taskCheck = <S extends z.ZodMiniType>(
  name: string,
  asked: AskedTask<S> | ((trial: Trial) => AskedTask<S>),
): ReleaseCheck => ({
  name,
  run: async (trial) => {
    await askTask(trial, typeof asked === 'function' ? asked(trial) : asked);
  },
});

/** Calls a task and holds its output against the contract. @throws {CheckFailed} */
export async function askTask<S extends z.ZodMiniType>(
  { target }: Trial,
  { input, output, expected }: AskedTask<S>,
  version: CallVersion = target,
): Promise<z.output<S>> {
  const answer = await version(input);
  if ('error' in answer) throw new CheckFailed(expected ?? 'an output as in the contract', answer.error);
  return conforms('an output as in the contract', output, answer.value, expected);
}

/** The call must make the function fail, with this class of error. */
export const taskFails = (
  name: string,
  { error, input }: { readonly error: string; readonly input: object | ((trial: Trial) => unknown) },
): ReleaseCheck => ({
  name,
  run: async (trial) => {
    const answer = await trial.target(typeof input === 'function' ? input(trial) : input);
    if ('value' in answer) throw new CheckFailed(`the error ${error}`, answer.value);
    if (answer.error.type !== error) throw new CheckFailed(`the error ${error}`, answer.error);
  },
});

/** Shows that the function starts and validates, where every well-formed input would change something. */
export const refusesInput = (input: object = {}): ReleaseCheck =>
  taskFails('refuses a malformed input', { error: 'InvalidInput', input });
