import { Cursor } from '@shipline/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { decodeCursor, encodeCursor } from '../src/cursor.js';

const Position = z.strictObject({ id: z.string(), page: z.int() });
const positions = fc.record({
  id: fc.string({ unit: 'grapheme', maxLength: 60 }),
  page: fc.maxSafeInteger(),
});

it('comes back as the position that it was made of, and is what the contract takes', () => {
  fc.assert(
    fc.property(positions, (position) => {
      const cursor = encodeCursor(position);

      expect(Cursor.parse(cursor)).toBe(cursor);
      expect(decodeCursor(Position, cursor)).toEqual(position);
    }),
  );
});

it('is nothing, and nothing worse, whatever else is sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (cursor) => {
      expect(decodeCursor(Position, cursor)).toBeUndefined();
    }),
  );
});

it.each([
  ['a position of another list', encodeCursor({ id: 'a' })],
  ['more than a position', encodeCursor({ id: 'a', page: 1, pk: 'ORDER#1' })],
  ['a list', encodeCursor([])],
  ['a cursor and something behind it', `${encodeCursor({ id: 'a', page: 1 })}!`],
])('is nothing as %s', (_, cursor) => {
  expect(decodeCursor(Position, cursor)).toBeUndefined();
});
