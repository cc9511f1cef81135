import { setTimeout as sleep } from 'node:timers/promises';
import type { Patience } from '../ports/patience.js';

export const systemPatience: Patience = {
  random: Math.random,
  sleep: (milliseconds) => sleep(milliseconds),
};
