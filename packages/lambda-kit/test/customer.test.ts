import { expect, it } from 'vitest';
import { customerId, customerOf } from '../src/customer.js';
import { apiEvent } from '../src/http/api-event.js';

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

it('refuses an ID token, and one that does not say what it is', () => {
  const refusal = expect.objectContaining({ status: 401, code: 'NOT_AN_ACCESS_TOKEN' });
  const silent = { requestContext: { authorizer: { jwt: { claims: { sub: 'customer-1' } } } } };

  expect(() => customerOf(apiEvent({ customerId: 'customer-1', tokenUse: 'id' }))).toThrow(refusal);
  expect(() => customerId(silent)).toThrow(refusal);
});

it.each([{}, apiEvent(), apiEvent({ customerId: '' })])('knows nobody without the claim', (event) => {
  expect(() => customerOf(event)).toThrow('no JWT authorizer');
});
