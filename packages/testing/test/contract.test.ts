import { afterAll, expect, it } from 'vitest';
import { contract } from '../src/contract.js';

let opened = 0;
let closed = 0;

const describeCounter = contract<{ count: number }>('a counter', (counter) => {
  it('starts at zero', () => {
    expect(counter().count).toBe(0);
    counter().count += 1;
  });

  it('is another one in the next test', () => {
    expect(counter().count).toBe(0);
    counter().count += 1;
  });

  it('is the same one within a test', () => {
    counter().count = 7;
    expect(counter().count).toBe(7);
  });
});

const open = async () => {
  opened += 1;
  return { count: 0 };
};

describeCounter('The fake', open);
describeCounter('The real one', open, () => {
  closed += 1;
});

afterAll(() => {
  expect({ opened, closed }).toEqual({ opened: 6, closed: 3 });
});
