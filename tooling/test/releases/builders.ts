import type { WatchedRelease } from '../../src/releases/table.js';

/** A canary of `orders-api` under way. */
export const release = (differs: Partial<WatchedRelease> = {}): WatchedRelease => ({
  id: 'd-1',
  name: 'orders-api',
  from: '7',
  to: '8',
  state: 'shifting',
  weight: 0.1,
  old: { requests: 190, errors: 0 },
  new: { requests: 21, errors: 2 },
  events: [],
  startedAt: 0,
  ringing: [],
  ...differs,
});
