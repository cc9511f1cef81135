import { describe, expect, it } from 'vitest';
import { removedFields, unreadable } from '../../src/contracts/readable.js';
import { resolverOf, type Schema } from '../../src/contracts/schema.js';

const side = (schema: Schema, document: unknown = schema) => ({ schema, resolve: resolverOf(document) });
const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer' };

describe('what a reader takes', () => {
  it('is each alternative that a writer has', () => {
    expect(unreadable(side(text), side({ anyOf: [count, text] }))).toEqual([]);
    expect(unreadable(side({ anyOf: [count, text] }), side(text))).toEqual([
      'the message is integer on one side and string on the other',
    ]);
  });

  it('is a whole number where any number goes, not the other way round', () => {
    expect(unreadable(side(count), side({ type: 'number' }))).toEqual([]);
    expect(unreadable(side({ type: 'number' }), side(count))).toHaveLength(1);
  });

  it('is found behind references', () => {
    const document = { components: { Sku: { type: 'string', maxLength: 4 } } };
    const reader = side({ $ref: '#/components/Sku' }, document);

    expect(unreadable(side({ type: 'string', maxLength: 4 }), reader)).toEqual([]);
    expect(unreadable(side(text), reader)).toEqual(['the message has the maxLength 4 on one side only']);
  });

  it('is a constant where a list of values holds it', () => {
    expect(unreadable(side({ const: 'a' }), side({ enum: ['a', 'b'] }))).toEqual([]);
    expect(unreadable(side({ const: 'c' }), side({ enum: ['a', 'b'] }))).toHaveLength(1);
    expect(unreadable(side(text), side({ enum: ['a', 'b'] }))).toHaveLength(1);
  });

  it('concerns the values of records', () => {
    const record = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });

    expect(unreadable(side(record(text)), side(record(count)))).toHaveLength(1);
  });
});

describe('removed fields', () => {
  it('are found in any alternative, and only where none has them', () => {
    const either: Schema = { anyOf: [{ properties: { a: text } }, { properties: { b: text } }] };

    expect(removedFields(side(either), side({ properties: { a: text, b: text } }))).toEqual([]);
    expect(removedFields(side(either), side({ properties: { a: text } }))).toEqual(['b is gone']);
  });
});
