import { join } from 'node:path';
import { withFileLock } from '@shipline/local-cloud';
import { UserError } from '@shipline/tooling/cli';
import { workDirectory } from '@shipline/tooling/paths';

/** The checkout, the release and the reports below `.shipline/pipeline` are one run's at a time. */
const roadLock = join(workDirectory, 'pipeline/road.lock');
const watchLock = join(workDirectory, 'pipeline/watch.lock');

/**
 * Has the road to itself.
 * @throws {UserError} while another process has it.
 */
export const aloneOnTheRoad = <T>(work: () => Promise<T>): Promise<T> =>
  withFileLock(roadLock, refuse('A release is on the road already'), work);

/** Has the road to itself as soon as it is free. @throws what is named AbortError when it is stopped before that. */
export const inTurnOnTheRoad = <T>(
  { say, stopped }: { readonly say: (line: string) => void; readonly stopped: AbortSignal },
  work: () => Promise<T>,
): Promise<T> => withFileLock(roadLock, (holder) => say(`Waits for the release of ${holder}`), work, stopped);

/** @throws {UserError} while another process watches: both would release each push. */
export const aloneWatching = <T>(work: () => Promise<T>): Promise<T> =>
  withFileLock(watchLock, refuse('Pushes are watched already'), work);

const refuse = (what: string) => (holder: string) => {
  throw new UserError(
    `${what}, by ${holder}: wait for its end, or end it there by Ctrl-C; then run this again.`,
  );
};
