import type { Envelope, EventDefinition } from '@shipline/contracts/events';
import { someTime } from './clocks.js';

/** An event as it would be on the bus, with the definition's example as data where none is given. */
export const anEnvelope = <T>(
  { source, type, example }: EventDefinition<T>,
  overrides: Partial<Envelope<T>> = {},
): Envelope<T> => ({
  specversion: '1.0',
  id: `${source}/test#1`,
  source,
  type,
  subject: 'ord_01JZ8QK3T5V7X9BCDEFGHJKMNP',
  time: someTime.toISOString(),
  correlationid: 'test-correlation-id',
  data: example,
  ...overrides,
});
