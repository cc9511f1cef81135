import type { OutgoingEvent } from './outgoing-event.js';

export interface Published {
  /** How many of the events, from the first on, are on the bus for certain. */
  readonly count: number;
  /** Why the next one is not; absent where all are. */
  readonly failure?: Error;
  /** True where it is the event itself that the bus will never take. */
  readonly permanent?: boolean;
}

export interface EventBus {
  /** Publishes in order and stops at the first failure; events behind it may be on the bus all the same. */
  publish(events: readonly OutgoingEvent[]): Promise<Published>;
}
