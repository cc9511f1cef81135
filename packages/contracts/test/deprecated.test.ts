import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { endpoint } from '../src/api/endpoint.js';
import { eventSchemas } from '../src/event-schemas.js';
import { defineEvent } from '../src/events/envelope.js';
import { Money } from '../src/money.js';
import { openApiDocument } from '../src/openapi.js';

const deprecated = z.meta({ deprecated: true });
/** What is marked is still written, and nobody needs it. */
const old = z._default(z.string(), '').check(deprecated);

const query = z.strictObject({ page: z.optional(z.string().check(deprecated)), limit: z.optional(z.int()) });
const body = z.strictObject({ note: z.optional(z.string()).check(deprecated), text: z.string() });
const reply = z.object({ url: old, id: z.string(), paid: z.object({ fee: old, total: Money }) });
const voucher = {
  method: 'POST',
  path: '/api/vouchers',
  service: 'vouchers',
  summary: 'Issues a voucher',
  auth: 'none',
  query,
  body,
  status: 201,
  reply,
  problems: {},
} as const;

const operationOf = (definition: Parameters<typeof endpoint>[0]) => {
  const { paths } = openApiDocument('1.2.3', { issueVoucher: endpoint(definition) });
  return (paths as Record<string, Record<string, Record<string, unknown>>>)['/api/vouchers']?.['post'];
};
const json = (properties: object) => ({ content: { 'application/json': { schema: { properties } } } });

const issued = { type: 'voucher.issued.v1', source: 'shipline.vouchers', example: { id: 'v', code: 'c' } };
const issuedEvent = (code: z.ZodMiniType<string>, more: object = {}) =>
  eventSchemas([
    defineEvent({ ...issued, data: z.object({ id: z.string(), code, price: z.optional(Money) }), ...more }),
  ])[issued.type] as object;

describe('what is marked deprecated', () => {
  it('is so in the OpenAPI document: an operation, parameters, fields', () => {
    expect(operationOf({ ...voucher, deprecated: true })).toMatchObject({ deprecated: true });
    expect(operationOf(voucher)).toMatchObject({
      parameters: [{ name: 'page', deprecated: true }, { name: 'limit' }],
      requestBody: json({ note: { deprecated: true } }),
      responses: {
        201: json({ url: { deprecated: true }, paid: { properties: { fee: { deprecated: true } } } }),
      },
    });
    expect(JSON.stringify(operationOf(voucher)).match(/"deprecated"/g)).toHaveLength(5);
  });

  it('is so in the schemas of events: a whole event, fields', () => {
    expect(issuedEvent(old)).toMatchObject({
      properties: { data: { properties: { code: { deprecated: true } }, required: ['id', 'code'] } },
    });
    expect(issuedEvent(old)).not.toHaveProperty('deprecated');
    expect(issuedEvent(z.string(), { deprecated: true })).toHaveProperty('deprecated', true);
  });

  it('is nothing that a reader needs: those of this release are still there when the next one lacks it', () => {
    const needed = z.string().check(deprecated);

    expect(() => issuedEvent(needed)).toThrow(/^code is marked deprecated and still needed/);
    expect(() => operationOf({ ...voucher, reply: z.object({ url: needed }) })).toThrow(/^url is marked/);
    expect(() => operationOf({ ...voucher, body: z.strictObject({ note: needed }) })).toThrow(/^note is/);
    expect(() => operationOf({ ...voucher, query: z.strictObject({ page: needed }) })).toThrow(/^page is/);
  });

  it('stays a mark of that one field where others have the same schema', () => {
    const data = z.object({ fee: z.optional(Money.check(deprecated)), total: Money });
    const { properties } = eventSchemas([
      defineEvent({ ...issued, data, example: { total: { amount: 1, currency: 'USD' } } }),
    ])[issued.type] as { properties: { data: { properties: Record<string, object> } } };

    expect(properties.data.properties['fee']).toHaveProperty('deprecated', true);
    expect(properties.data.properties['total']).not.toHaveProperty('deprecated');
  });
});

it('tells who takes a field that it does not know, and who refuses it', () => {
  expect(issuedEvent(z.string())).toMatchObject({
    properties: { data: { properties: { price: { additionalProperties: false } } } },
  });
  expect(issuedEvent(z.string())).not.toHaveProperty('properties.data.additionalProperties');
});
