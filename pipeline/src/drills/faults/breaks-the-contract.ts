import type { Fault } from './handler.js';

/** Prices become texts: `"amount": 1200` is answered as `"amount": "1200"`. Checks see it, as customers would. */
export const fault: Fault = (sound) => async (event, context) => {
  const reply = (await sound(event, context)) as { body?: string };
  if (typeof reply.body !== 'string') return reply;
  return { ...reply, body: reply.body.replace(/"amount":(\d+)/g, '"amount":"$1"') };
};
