import { httpEntry } from '@shipline/lambda-kit';
import { stripeNotices } from '../adapters/stripe-notices.js';
import { makeReceiveNotice } from '../application/receive-notice.js';
import { openPayments } from '../composition.js';
import { gatewayConfig } from '../config.js';
import { paymentsApi } from '../handlers/payments-api.js';

const service = openPayments(gatewayConfig());

/** A gateway's notification carries the whole object: larger than what a browser may send. */
export const handler = httpEntry(
  paymentsApi({ notices: stripeNotices(service.secret), receiveNotice: makeReceiveNotice(service) }),
  { maxBodyBytes: 256 * 1024 },
);
