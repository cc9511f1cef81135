import { type Fault, fail, unseenByChecks } from './handler.js';

/** At random, as a fault that depends on the request seems to be. */
export const fault: Fault = unseenByChecks(
  (sound) => async (event, context) => (Math.random() < 0.3 ? fail(event, context) : sound(event, context)),
);
