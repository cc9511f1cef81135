import * as z from 'zod/mini';
import { endpoint } from './endpoint.js';

/** The gateway calls it; it is proved by its signature, not by a token. The body is the gateway's own. */
export const receiveWebhook = endpoint({
  method: 'POST',
  path: '/api/payments/webhook',
  service: 'payments',
  summary: "Takes the payment gateway's signed notifications",
  auth: 'none',
  body: z.looseObject({ id: z.string(), type: z.string() }),
  status: 200,
  reply: z.object({ received: z.literal(true) }),
  /** `GATEWAY_UNAVAILABLE`: what it means could not be asked; the gateway sends it again. */
  problems: { INVALID_SIGNATURE: 400, GATEWAY_UNAVAILABLE: 503 },
});
