import { describe, expect, it } from 'vitest';
import { breaksBeside } from '../../src/contracts/beside.js';
import type { PublishedContracts } from '../../src/contracts/compare.js';
import type { Schema } from '../../src/contracts/schema.js';

const publishing = (...fields: string[]): PublishedContracts => ({
  api: {},
  events: {
    'order.placed.v1': {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [field, { type: 'string' }])),
      required: fields.slice(0, 1),
    },
  },
});

/** A field is named anew: first beside the old one, and a release later without it. */
const before = publishing('id', 'mail');
const expanded = publishing('id', 'mail', 'email');
const contracted = publishing('id', 'email');

const on = (live: PublishedContracts[], release: PublishedContracts) =>
  breaksBeside({ live, release, goesBack: false });
const back = (live: PublishedContracts[], release: PublishedContracts) =>
  breaksBeside({ live, release, goesBack: true });

describe('a release beside what is live', () => {
  it('may add, and take away only what it says', () => {
    expect(on([before], expanded)).toEqual([]);
    expect(on([expanded], contracted)).toEqual(['order.placed.v1: mail is gone']);
  });

  it('goes back to where it could still read everything, and no further', () => {
    expect(back([expanded], before)).toEqual([]);
    expect(back([contracted], expanded)).toEqual([]);
    expect(back([contracted], before)).toEqual(['order.placed.v1: mail is gone']);
  });

  it('goes forward again to what it came back from', () => {
    expect(back([before], expanded)).toEqual([]);
    expect(back([before], contracted)).toEqual(['order.placed.v1: email is gone']);
  });

  it('agrees with each of the releases of which a part is live', () => {
    expect(back([expanded, contracted], before)).toHaveLength(1);
    expect(on([before, expanded], before)).toEqual(['order.placed.v1: email is gone']);
    expect(on([before, expanded], expanded)).toEqual([]);
  });
});

describe('a field of an event that is retired', () => {
  const having = (fields: Record<string, Schema>): PublishedContracts => ({
    api: {},
    events: { 'order.placed.v1': { type: 'object', properties: fields, required: Object.keys(fields) } },
  });
  const text: Schema = { type: 'string' };
  const needed = having({ id: text, mail: text });
  const marked = having({ id: text, mail: { ...text, deprecated: true } });
  const without = having({ id: text });
  const gone = 'order.placed.v1: mail is gone';
  const missing = 'order.placed.v1: mail is needed on one side and not always there on the other';

  it('is marked in one release and gone in the next, nowhere sooner', () => {
    expect(on([needed], marked)).toEqual([]);
    expect(on([marked], without)).toEqual([]);
    expect(on([needed], without)).toEqual([missing, gone]);
  });

  it('is marked in everything that is live before it goes', () => {
    expect(on([marked, needed], without)).toEqual([missing, gone]);
  });

  it('lets come back who had marked it, and nobody who needs it', () => {
    expect(back([without], marked)).toEqual([]);
    expect(back([marked], needed)).toEqual([]);
    expect(back([without], needed)).toEqual([missing, gone]);
  });

  it('stays gone when the release without it goes forward again', () => {
    expect(back([marked], without)).toEqual([]);
  });
});
