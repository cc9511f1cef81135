import type { Measurement } from '@shipline/lambda-kit/measurement';
import { SYNTHETIC_CUSTOMER } from '@shipline/lambda-kit/synthetic';
import { expect, it } from 'vitest';
import { measuringRefusals } from '../../src/application/measure-refusals.js';
import type { PlaceOrder } from '../../src/application/place-order.js';
import { OrderError } from '../../src/domain/order-error.js';
import { anOrder, aRequest, customerId } from '../builders.js';

const asked = {
  customerId,
  idempotencyKey: 'key-0123456789',
  request: aRequest(),
  correlationId: 'correlation-1',
};

function setup(placeOrder: PlaceOrder) {
  const measured: Measurement[] = [];
  return { measured, place: measuringRefusals(placeOrder, (one) => void measured.push(one)) };
}
const throwing = (error: Error) => setup(() => Promise.reject(error));

it('measures a refused request by its code, and still refuses it', async () => {
  const { place, measured } = throwing(new OrderError('SOLD_OUT'));
  await expect(place(asked)).rejects.toMatchObject({ code: 'SOLD_OUT' });
  expect(measured).toEqual([{ name: 'OrderRequestsRefused', value: 1, dimensions: { reason: 'SOLD_OUT' } }]);
});

it('takes a fault for no refusal', async () => {
  const { place, measured } = throwing(new Error('no network'));
  await expect(place(asked)).rejects.toThrow('no network');
  expect(measured).toEqual([]);
});

it('leaves out what a release check is refused', async () => {
  const { place, measured } = throwing(new OrderError('PRICE_CHANGED'));
  await expect(place({ ...asked, customerId: SYNTHETIC_CUSTOMER })).rejects.toThrow();
  expect(measured).toEqual([]);
});

it('measures nothing of an order that is placed: its write is measured', async () => {
  const { place, measured } = setup(async () => anOrder());
  await place(asked);
  expect(measured).toEqual([]);
});
