import type { Fault } from './handler.js';

/** A new bundle that does what the old one does: a sound release. */
export const fault: Fault = (sound) => (event, context) => sound(event, context);
