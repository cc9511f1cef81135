import { describeReleaseChecks } from '@shipline/testing/release-checks';
import { sandboxReleaseChecks } from '../src/release-checks.js';
import { inProcessGateway, SECRET_KEY } from './in-process-gateway.js';

const intents = ['id', 'object', 'status', 'amount', 'amount_capturable', 'amount_received', 'currency'];
const promised = [...intents, 'metadata', 'data', 'has_more', 'error.type', 'error.message'];

describeReleaseChecks(
  sandboxReleaseChecks({ apiKey: async () => SECRET_KEY }),
  () => {
    const { handler, stripe } = inProcessGateway();
    return {
      handlers: { api: handler },
      // No card is blocked, and nothing waits to be confirmed.
      state: async () =>
        (await stripe.paymentIntents.list({ limit: 100 })).data.filter(({ status }) => status !== 'canceled'),
      stored: async () => (await stripe.paymentIntents.list({ limit: 100 })).data,
    };
  },
  promised,
);
