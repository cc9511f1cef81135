import { setTimeout as sleep } from 'node:timers/promises';
import { timeForCalls } from './deadline.js';
import type { EventBus } from './event-bus.js';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;
/** What one more call may need, with all its attempts on a bus that is slow. */
const TIME_FOR_A_CALL_MS = 5_000;

type Pause = (milliseconds: number) => Promise<unknown>;

/**
 * A bus that is asked again while it is out of order, for as long as the invocation lasts: the stream's own
 * retries are counted, and without it a short outage could use them up. What the bus will never
 * take is not tried again.
 */
export const patientBus = (bus: EventBus, pause: Pause = sleep): EventBus => ({
  async publish(events) {
    let count = 0;
    for (let failures = 0; ; failures += 1) {
      const published = await bus.publish(events.slice(count));
      count += published.count;
      const { failure, permanent } = published;
      if (!failure) return { count };
      const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
      if (permanent || timeForCalls() - wait < TIME_FOR_A_CALL_MS) return { ...published, count };
      await pause(wait);
    }
  },
});
