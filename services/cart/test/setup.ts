import type { Measurement } from '@shipline/lambda-kit/measurement';
import { steppingClock } from '@shipline/testing';
import { cartUseCases } from '../src/composition.js';
import type { Owner } from '../src/domain/owner.js';
import { aToken, now } from './builders.js';
import { InMemoryCarts } from './fakes/in-memory-carts.js';
import { InMemoryQuotes } from './fakes/in-memory-quotes.js';

export const customerId = 'ada';
export const customer: Owner = { customerId };
const tokenCharacters = 'abcdefghijklmnopqrstuvwxyz';

/** The API's use cases on fakes; guests get the tokens `aToken('a')`, `aToken('b')` and so on. */
export function setup(prices: Readonly<Record<string, number>> = { MUG: 1400, CAP: 2150 }) {
  const carts = new InMemoryCarts();
  const quotes = new InMemoryQuotes(prices);
  const clock = steppingClock(now);
  let opened = 0;
  const guestTokens = () => aToken(tokenCharacters[opened++]);
  const measured: Measurement[] = [];
  const measure = (one: Measurement) => void measured.push(one);
  const useCases = cartUseCases({ carts, quotes, guestTokens, now: clock, measure });
  return { carts, quotes, clock, measured, ...useCases };
}

/** Lets `times` writes come too late: another writer was first each time. */
export function losing(carts: InMemoryCarts, times: number, meanwhile: () => Promise<unknown>): void {
  for (const method of ['save', 'merge'] as const) {
    const write = carts[method].bind(carts) as (...args: unknown[]) => Promise<void>;
    let left = times;
    Object.assign(carts, {
      [method]: async (...args: unknown[]) => {
        if (left > 0) {
          left -= 1;
          await meanwhile();
        }
        return write(...args);
      },
    });
  }
}
