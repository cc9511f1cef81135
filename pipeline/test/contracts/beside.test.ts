import { describe, expect, it } from 'vitest';
import { breaksBeside } from '../../src/contracts/beside.js';
import type { PublishedContracts } from '../../src/contracts/compare.js';

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
