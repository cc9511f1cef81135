import { INTERRUPTED } from '@shipline/tooling/cli';
import { interruption } from '@shipline/tooling/interruption';

/** Aborted by the first Ctrl-C, so that what is under way can be brought back; the second one ends at once. */
export function stopOfTheRoad(): AbortSignal {
  const stopped = interruption();
  stopped.addEventListener('abort', () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => process.exit(INTERRUPTED));
  });
  return stopped;
}
