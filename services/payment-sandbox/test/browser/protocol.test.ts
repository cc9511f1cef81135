import { describe, expect, it } from 'vitest';
import { opened, sealed, type ToFrame } from '../../src/browser/protocol.js';

const page = { name: 'page' };
const expected = { origin: 'http://localhost:4567', source: page };
const message: ToFrame = { type: 'validate', request: 1 };
const event = (change: object) => ({
  data: sealed(message),
  origin: expected.origin,
  source: page as unknown,
  ...change,
});

describe('a message between page and frame', () => {
  it('is read from the expected window at the expected origin', () => {
    expect(opened<ToFrame>(event({}), expected)).toEqual(message);
  });

  it.each([
    ['another origin', { origin: 'http://localhost:4567.evil.test' }],
    ['another window of the same origin', { source: { name: 'other' } }],
    ['a window that is gone', { source: null }],
    ['another script, unmarked', { data: message }],
    ['another script, in text', { data: 'validate' }],
  ])('is ignored from %s', (_, change) => {
    expect(opened<ToFrame>(event(change), expected)).toBeUndefined();
  });

  it('is ignored while the frame has no window yet', () => {
    expect(opened<ToFrame>(event({ source: null }), { ...expected, source: null })).toBeUndefined();
  });
});
