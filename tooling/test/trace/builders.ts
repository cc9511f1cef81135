import type { Execution, LogLine, Segment, Trace } from '../../src/trace/order-way.js';

export const orderId = 'ord_01JZ8QK3T5V7X9BCDEFGHJKMNP';
export const otherId = 'ord_01JZ8QK3T5V7X9BCDEFGHJKMNQ';
/** A moment to count from, in milliseconds. */
export const noon = Date.UTC(2026, 0, 1, 12);

/** The segment of a function that worked on an order from `start` for `ms` milliseconds. */
export function functionSegment(
  requestId: string,
  {
    start = 0,
    ms = 100,
    about = orderId,
    ...more
  }: { start?: number; ms?: number; about?: string } & Partial<Segment> = {},
): Segment {
  const seconds = (noon + start) / 1000;
  const work = {
    id: `${requestId}-work`,
    name: '## task',
    start_time: seconds,
    end_time: seconds + ms / 1000,
  };
  return {
    id: requestId,
    name: 'shipline-local-payments-capture',
    origin: 'AWS::Lambda::Function',
    start_time: seconds,
    end_time: seconds + ms / 1000,
    aws: { request_id: requestId },
    subsegments: [{ ...work, annotations: { order_id: about } }],
    ...more,
  };
}

export const trace = (id: string, ...segments: Segment[]): Trace => ({ id, segments });

/** A structured line, written `at` milliseconds after noon. */
export const line = (
  at: number,
  fields: object,
  functionName = 'shipline-local-payments-capture',
): LogLine => ({
  at: noon + at,
  functionName,
  text: JSON.stringify({ level: 'INFO', timestamp: new Date(noon + at).toISOString(), ...fields }),
});

export const execution = (overrides: Partial<Execution> = {}): Execution => ({
  name: orderId,
  status: 'SUCCEEDED',
  startedAt: noon,
  endedAt: noon + 900,
  events: [],
  ...overrides,
});
