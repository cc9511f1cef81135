import { Router } from '@aws-lambda-powertools/event-handler/http';
import { annotateOrder, correlationId, refusals } from '@shipline/lambda-kit';
import type { ReceiveNotice } from '../application/receive-notice.js';
import { PaymentError, type PaymentErrorCode } from '../domain/payment-error.js';
import type { Notices } from '../ports/notices.js';

export const statusOf = {
  INVALID_SIGNATURE: 400,
  GATEWAY_UNAVAILABLE: 503,
} as const satisfies Record<PaymentErrorCode, number>;

/** The gateway's way in. What proves a request is its signature over the body, exactly as it was received. */
export function paymentsApi({
  notices,
  receiveNotice,
}: {
  notices: Notices;
  receiveNotice: ReceiveNotice;
}): Router {
  const api = new Router();
  refusals(api, PaymentError, statusOf);

  api.post('/api/payments/webhook', async ({ req }) => {
    const notice = await notices.verify(await req.text(), req.headers.get('stripe-signature'));
    if (!notice) throw new PaymentError('INVALID_SIGNATURE');
    if (notice.orderHint) annotateOrder(notice.orderHint);
    await receiveNotice(notice, correlationId());
    return { received: true };
  });
  return api;
}
