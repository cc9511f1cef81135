import { describe, expect, it } from 'vitest';
import { type LiveNow, liveLine } from '../../src/deploy/live-line.js';
import { release } from '../releases/builders.js';

const now = (differs: Partial<LiveNow> = {}) =>
  liveLine({
    environment: 'local',
    stacks: 14,
    changed: 2,
    releases: [],
    storefront: { number: 4, isNew: false },
    url: 'http://shop',
    ...differs,
  });

describe('the last line of a deployment', () => {
  it('says what is live, and which versions have come', () => {
    const releases = [
      release({ state: 'live' }),
      release({ id: 'd-2', name: 'catalog-api', state: 'live', from: '3', to: '4' }),
    ];

    expect(now({ releases, storefront: { number: 5, isNew: true } })).toBe(
      'Live in local: 14 stacks, 2 changed (catalog-api 3 -> 4, orders-api 7 -> 8), storefront release 5 (new): http://shop',
    );
  });

  it('names a function once that was released twice, and none that was not', () => {
    const releases = [
      release({ id: 'd-2', state: 'live', from: '8', to: '9', startedAt: 2 }),
      release({ state: 'live', startedAt: 1 }),
      release({ id: 'd-3', name: 'cart-api', state: 'taken back' }),
    ];

    expect(now({ releases })).toContain('2 changed (orders-api 7 -> 9), ');
  });

  it('says when nothing has changed, and does not name forty functions', () => {
    const releases = Array.from({ length: 40 }, (_, n) =>
      release({ id: `d-${n}`, name: `f-${String(n).padStart(2, '0')}`, state: 'live' }),
    );

    expect(now({ changed: 0 })).toContain('14 stacks, none changed, ');
    expect(now({ releases })).toContain('f-05 7 -> 8, 34 more)');
  });
});
