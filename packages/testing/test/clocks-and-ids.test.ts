import { expect, it } from 'vitest';
import { fixedClock, sequentialIds, someTime, steppingClock } from '../src/index.js';

it('stands still, whatever is done with the dates that it gave', () => {
  const clock = fixedClock();
  clock().setFullYear(1999);

  expect(clock()).toEqual(someTime);
});

it('moves when told and by its step', () => {
  const clock = steppingClock('2026-01-01T00:00:00.000Z', 10);
  const seen = [clock(), clock()];
  clock.advance(-5);

  expect([...seen, clock()].map((time) => time.getTime() - someTime.getTime())).toEqual([0, 10, 15]);
});

it('counts ids, whatever their prefix', () => {
  const ids = sequentialIds(9);

  expect([ids('ord'), ids('pay')]).toEqual([
    'ord_00000000000000000000000009',
    'pay_00000000000000000000000010',
  ]);
});
