import { type Fault, fail, unseenByChecks } from './handler.js';

/** The worst place to fail: what was done is done, and the caller does not know. */
export const fault: Fault = unseenByChecks((sound) => async (event, context) => {
  await sound(event, context);
  return fail(event, context);
});
