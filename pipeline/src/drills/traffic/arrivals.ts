import { setTimeout as sleep } from 'node:timers/promises';

export interface Arrivals {
  stop(): Promise<void>;
}

/** Somebody comes so many times a second, evenly, whatever became of who came before. */
export function everySecond(times: number, come: (number: number) => void): Arrivals {
  const stopping = new AbortController();
  const begun = performance.now();
  const coming = (async () => {
    for (let number = 0; !stopping.signal.aborted; number++) {
      come(number);
      await sleep(Math.max(0, begun + ((number + 1) * 1_000) / times - performance.now()));
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await coming;
    },
  };
}
