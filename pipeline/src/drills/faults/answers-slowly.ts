import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, unseenByChecks } from './handler.js';

/** Milliseconds: above the limit of every environment (`apiLatencyMs`), and below any time-out. */
const LATE = 1_500;

export const fault: Fault = unseenByChecks((sound) => async (event, context) => {
  await sleep(LATE);
  return sound(event, context);
});
