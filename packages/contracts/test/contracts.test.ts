import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { endpoints } from '../src/api/index.js';
import { eventSchemas, exampleOf } from '../src/event-schemas.js';
import { type EventDefinition, envelopeOf, events } from '../src/events/index.js';
import { Money, PlaceOrder } from '../src/index.js';
import { openApiDocument } from '../src/openapi.js';

const document = openApiDocument('1.2.3');

describe('the OpenAPI document', () => {
  it('has one operation for every endpoint, with its success and its refusals', () => {
    for (const [operationId, endpoint] of Object.entries(endpoints)) {
      const operation = (document as { paths: Record<string, Record<string, Record<string, unknown>>> })
        .paths[endpoint.path]?.[endpoint.method.toLowerCase()];
      expect(operation, operationId).toMatchObject({ operationId, tags: [endpoint.service] });
      const statuses = Object.keys(operation?.['responses'] ?? {}).map(Number);
      expect(statuses).toEqual(
        expect.arrayContaining([endpoint.status, ...Object.values(endpoint.problems)]),
      );
      expect(statuses.includes(401)).toBe(endpoint.auth === 'customer');
    }
  });

  it('declares every path parameter that a path names', () => {
    for (const endpoint of Object.values(endpoints)) {
      const named = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = 'params' in endpoint ? Object.keys(endpoint.params.shape) : [];
      expect(declared.sort()).toEqual(named.sort());
    }
  });

  it('refuses properties that the API does not know', () => {
    const { requestBody } = (document as { paths: Record<string, Record<string, { requestBody: unknown }>> })
      .paths['/api/orders']?.['post'] ?? { requestBody: undefined };
    expect(requestBody).toMatchObject({
      content: { 'application/json': { schema: { additionalProperties: false } } },
    });
  });
});

describe('the events', () => {
  it('have versioned names of their source and examples that fit their schemas', () => {
    for (const event of events) {
      expect(event.type).toMatch(/^(order|payment)\.[a-z-]+\.v\d+$/);
      expect(event.source).toBe(event.type.startsWith('order.') ? 'shipline.orders' : 'shipline.payments');
      const example = exampleOf(event as EventDefinition);
      expect(z.safeParse(envelopeOf(event as EventDefinition), example).success, event.type).toBe(true);
    }
    expect(new Set(events.map(({ type }) => type)).size).toBe(events.length);
  });

  it('have a JSON Schema each, with that example', () => {
    const schemas = eventSchemas();
    expect(Object.keys(schemas)).toHaveLength(events.length);
    expect(schemas['order.confirmed.v1']).toMatchObject({ examples: [{ type: 'order.confirmed.v1' }] });
  });
});

describe('what a caller may send', () => {
  const order = {
    lines: [{ sku: 'MUG-CANARY', quantity: 1 }],
    expectedTotal: { amount: 1400, currency: 'USD' },
    paymentMethodId: 'pm_card_visa',
    shippingAddress: { name: 'Ada', line1: 'Quay 1', postalCode: '20457', city: 'Hamburg', country: 'DE' },
  };

  it('is accepted when it is right', () => {
    expect(z.safeParse(PlaceOrder, order).success).toBe(true);
  });

  it.each([
    ['a price', { lines: [{ sku: 'MUG-CANARY', quantity: 1, unitPrice: { amount: 1, currency: 'USD' } }] }],
    ['a negative quantity', { lines: [{ sku: 'MUG-CANARY', quantity: -1 }] }],
    ['an absurd quantity', { lines: [{ sku: 'MUG-CANARY', quantity: 1e9 }] }],
    ['half a unit', { lines: [{ sku: 'MUG-CANARY', quantity: 0.5 }] }],
    ['no lines', { lines: [] }],
    ['an over-long name', { shippingAddress: { ...order.shippingAddress, name: 'x'.repeat(101) } }],
    ['a card number as payment method', { paymentMethodId: '4242424242424242' }],
  ])('is refused with %s', (_, wrong) => {
    expect(z.safeParse(PlaceOrder, { ...order, ...wrong }).success).toBe(false);
  });

  it.each([-1, 0.1, 1e12, Number.NaN])('is refused with the amount %s', (amount) => {
    expect(z.safeParse(Money, { amount, currency: 'USD' }).success).toBe(false);
  });
});
