import { expect, it } from 'vitest';
import { momentsOf } from '../../src/trace/merge.js';
import type { OrderWay } from '../../src/trace/order-way.js';
import { printedWay } from '../../src/trace/print.js';
import { execution, functionSegment, line, orderId, trace } from './builders.js';

const way = (overrides: Partial<OrderWay> = {}): OrderWay => ({
  orderId,
  environment: 'local',
  executions: [execution()],
  traces: ['1-a'],
  moments: momentsOf(orderId, {
    executions: [execution()],
    traces: [trace('1-a', functionSegment('r1', { start: 100, ms: 1_500, fault: true }))],
    lines: [line(200, { message: 'slow' }, 'shipline-local-orders-api')],
  }),
  ...overrides,
});

it('prints a line per moment, relative to the first, with what failed marked', () => {
  expect(printedWay(way())).toMatchInlineSnapshot(`
    "ord_01JZ8QK3T5V7X9BCDEFGHJKMNP in local: checkout SUCCEEDED, 4 steps over 1.60 s

    12:00:00.000      +0 ms             checkout         ord_01JZ8QK3T5V7X9BCDEFGHJKMNP started  (checkout)
    12:00:00.100    +100 ms    1.50 s ✗ payments-capture task  (trace)
    12:00:00.200    +200 ms             orders-api       slow  (log)
    12:00:00.900    +900 ms             checkout         ord_01JZ8QK3T5V7X9BCDEFGHJKMNP ended: SUCCEEDED  (checkout)

    Traces: 1-a"
  `);
});

it('says where nothing was sampled and no checkout was started', () => {
  const text = printedWay(way({ traces: [], executions: [] }));

  expect(text).toContain('no checkout, 4 steps over 1.60 s');
  expect(text).toMatch(/No checkout was started\.\nX-Ray has no trace of it/);
});
