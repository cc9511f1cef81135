import { apiEvent } from '@shipline/testing';
import { expect, it } from 'vitest';
import { customerOf } from '../src/customer.js';

it.each([
  [undefined, []],
  [['staff'], ['staff']],
  [
    ['staff', 'admin'],
    ['staff', 'admin'],
  ],
])('knows the customer and the groups %j', (groups, expected) => {
  const event = apiEvent({ customerId: 'customer-1', ...(groups && { groups }) });

  expect(customerOf(event)).toEqual({ customerId: 'customer-1', groups: expected });
});

it.each([{}, apiEvent(), apiEvent({ customerId: '' })])('knows nobody without the claim', (event) => {
  expect(() => customerOf(event)).toThrow('no JWT authorizer');
});
