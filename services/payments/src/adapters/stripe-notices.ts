import Stripe from 'stripe';
import * as z from 'zod/mini';
import type { Notice, Notices } from '../ports/notices.js';
import type { SecretSource } from './gateway-secret.js';

/** Seconds that a signature stays good; Stripe signs each delivery anew. */
const TOLERANCE_SECONDS = 300;

const StripeEvent = z.object({
  type: z.string(),
  data: z.object({
    object: z.object({ id: z.string(), metadata: z.nullish(z.record(z.string(), z.string())) }),
  }),
});

/** Stripe's signed webhooks (https://docs.stripe.com/webhooks/signature). */
export const stripeNotices = (secret: SecretSource): Notices => ({
  async verify(body, signature) {
    if (!signature) return undefined;
    const event = (await signed(body, signature, secret)) ?? (await signedAnew(body, signature, secret));
    return event === undefined ? undefined : noticeOf(event);
  },
});

/** The endpoint's secret may have been rolled, or made, after ours was read. */
const signedAnew = async (body: string, signature: string, secret: SecretSource) =>
  (await secret.renew()) ? signed(body, signature, secret) : undefined;

async function signed(body: string, signature: string, secret: SecretSource): Promise<unknown> {
  const { webhookSecret } = await secret.read();
  if (webhookSecret === undefined) return undefined;
  try {
    return await Stripe.webhooks.constructEventAsync(body, signature, webhookSecret, TOLERANCE_SECONDS);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return undefined;
    throw error;
  }
}

/** A signed event of a shape that we do not know is about nothing of ours. */
function noticeOf(event: unknown): Notice {
  const parsed = z.safeParse(StripeEvent, event);
  if (!parsed.success) return { type: 'unknown', objectId: '' };
  const { type, data } = parsed.data;
  const orderHint = data.object.metadata?.['orderId'];
  return { type, objectId: data.object.id, ...(orderHint !== undefined && { orderHint }) };
}
