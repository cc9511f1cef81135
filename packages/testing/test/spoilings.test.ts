import { expect, it } from 'vitest';
import { spoilings } from '../src/spoilings.js';

const spoilt = (answer: Parameters<typeof spoilings>[0]) =>
  spoilings(answer).map(({ how, spoil }) => [how, spoil(answer)]);

it('breaks a task’s output in every field, one at a time', () => {
  expect(spoilt({ value: { gone: { state: 'absent' } } })).toEqual([
    ['the function fails', { error: { type: 'Error', message: 'Planted by a test' } }],
    ['gone is of another type', { value: { gone: 'seven' } }],
    ['gone is missing', { value: {} }],
    ['gone.state is of another type', { value: { gone: { state: 7 } } }],
    ['gone.state is missing', { value: { gone: {} } }],
    ['there is an unknown field', { value: { gone: { state: 'absent' }, planted: true } }],
  ]);
});

it('breaks a reply in its status and in its body', () => {
  const body = JSON.stringify({ items: [{ sku: 'MUG' }], nextCursor: 'x' });

  expect(spoilt({ value: { statusCode: 200, body } }).slice(1)).toEqual([
    ['another status', { value: { statusCode: 201, body } }],
    ['items is of another type', reply({ items: 'seven', nextCursor: 'x' })],
    ['items is missing', reply({ nextCursor: 'x' })],
    ['items.0.sku is of another type', reply({ items: [{ sku: 7 }], nextCursor: 'x' })],
    ['items.0.sku is missing', reply({ items: [{}], nextCursor: 'x' })],
    ['nextCursor is of another type', reply({ items: [{ sku: 'MUG' }], nextCursor: 7 })],
    ['there is an unknown field', reply({ items: [{ sku: 'MUG' }], nextCursor: 'x', planted: true })],
  ]);
});

const reply = (body: unknown) => ({ value: { statusCode: 200, body: JSON.stringify(body) } });

it('has an error come in another form, and not at all', () => {
  expect(spoilt({ error: { type: 'InvalidInput', message: '' } }).map(([how]) => how)).toEqual([
    'the function fails',
    'it succeeds',
  ]);
});

it('leaves alone what is not promised, where that is said', () => {
  const answer = { value: { error: { code: 'x', url: 'y' }, errors: [] } };

  expect(spoilings(answer, ['error.code']).map(({ how }) => how)).toEqual([
    'the function fails',
    'error.code is of another type',
    'error.code is missing',
  ]);
});
