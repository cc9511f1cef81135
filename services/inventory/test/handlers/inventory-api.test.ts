import { Availability } from '@shipline/contracts';
import { httpEntry } from '@shipline/lambda-kit';
import { apiEvent } from '@shipline/lambda-kit/http/api-event';
import { lambdaContext, recordingLogger } from '@shipline/testing';
import { describe, expect, it } from 'vitest';
import { makeGetAvailability } from '../../src/application/get-availability.js';
import { inventoryApi } from '../../src/handlers/inventory-api.js';
import { InMemoryInventory } from '../fakes/in-memory-inventory.js';

function setup() {
  const stock = new InMemoryInventory();
  stock.units.set('MUG', 5);
  const handler = httpEntry(inventoryApi({ getAvailability: makeGetAvailability({ stock }) }), {
    logger: recordingLogger(),
  });
  const ask = async (query: Record<string, string>) => {
    const { statusCode, body } = await handler(
      apiEvent({ path: '/api/availability', query }),
      lambdaContext(),
    );
    return { statusCode, body: JSON.parse(body) };
  };
  return { stock, ask };
}

describe('GET /api/availability', () => {
  it('answers what the contract says', async () => {
    const { statusCode, body } = await setup().ask({ skus: 'MUG,GHOST' });

    expect(statusCode).toBe(200);
    expect(Availability.parse(body).items).toEqual([
      { sku: 'MUG', available: 5 },
      { sku: 'GHOST', available: 0 },
    ]);
  });

  it.each([
    ['no SKUs', {}],
    ['an empty list', { skus: '' }],
    ['something else', { skus: "MUG'; DROP TABLE" }],
    ['an over-long SKU', { skus: 'M'.repeat(41) }],
    ['a hyphen before a SKU', { skus: 'MUG,-CANARY' }],
    ['too many', { skus: Array.from({ length: 21 }, (_, index) => `SKU-${index}`).join(',') }],
    ['an unknown parameter', { skus: 'MUG', all: 'true' }],
  ])('refuses %s', async (_, query) => {
    expect(await setup().ask(query as Record<string, string>)).toMatchObject({
      statusCode: 422,
      body: { code: 'INVALID_REQUEST' },
    });
  });

  it('fails, so that the fault is counted, when the stock cannot be read', async () => {
    const { stock, ask } = setup();
    stock.freeUnits = () => Promise.reject(new Error('no table'));

    await expect(ask({ skus: 'MUG' })).rejects.toThrow('no table');
  });
});
