import { Interrupted } from './cli.js';

/** Progress lines: what takes long says so when it starts and how long it took when it ends. */
export interface Progress {
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  note(line: string): void;
}

const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

export function consoleProgress(write: (line: string) => void = console.log): Progress {
  return {
    note: (line) => write(`  ${line}`),
    async step(title, work) {
      const start = performance.now();
      write(`▸ ${title}`);
      const result = await work();
      write(`  done in ${seconds(start)}`);
      return result;
    },
  };
}

/** The same until Ctrl-C: no step is begun after it. */
export const untilStopped = (progress: Progress, stopped: AbortSignal): Progress => ({
  note: progress.note,
  async step(title, work) {
    if (stopped.aborted) throw new Interrupted(`Stopped before this: ${title}`);
    return progress.step(title, work);
  },
});

/** For commands whose output is data. */
export const silentProgress: Progress = { note: () => {}, step: (_, work) => work() };
