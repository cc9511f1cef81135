import { AuthoriseInput, type OrderId, TaskInput, VoidPaymentInput } from '@shipline/contracts';
import { orderCancelling } from '@shipline/contracts/events';
import { httpEntry } from '@shipline/lambda-kit';
import { consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import { taskEntry } from '@shipline/lambda-kit/task-entry';
import { recordingLogger } from '@shipline/testing';
import { describeReleaseChecks } from '@shipline/testing/release-checks';
import { describe } from 'vitest';
import { derivedRefundId } from '../src/adapters/derived-refund-ids.js';
import { stripeNotices } from '../src/adapters/stripe-notices.js';
import { makeLookUpPayment } from '../src/application/look-up-payment.js';
import { makeRequestRefund } from '../src/application/request-refund.js';
import { paymentsApi } from '../src/handlers/payments-api.js';
import { paymentsReleaseChecks } from '../src/release-checks.js';
import { setup } from './builders.js';
import type { GatewayOperation } from './fakes/in-memory-gateway.js';

const options = { logger: recordingLogger() };
const secret = {
  read: async () => ({ apiKey: 'sk', webhookSecret: 'whsec_test' }),
  renew: async () => false,
};

/** The service on fakes, with a gateway that has these faults at the first call of each operation. */
function open(faults: readonly GatewayOperation[] = []) {
  const service = setup();
  for (const operation of faults) service.gateway.fail(operation, 'lost');
  const { ledger, gateway, clock } = service;
  const appended = new Set<OrderId>();
  const append = ledger.append.bind(ledger);
  ledger.append = (orderId, fact) => {
    appended.add(orderId);
    return append(orderId, fact);
  };
  const requestRefund = makeRequestRefund({
    ...service,
    reports: { mismatch: () => undefined },
    now: () => clock.now,
    refundIdOf: derivedRefundId,
  });
  const lookUp = makeLookUpPayment({ ledger });
  const { receiveNotice } = service;
  return {
    handlers: {
      api: httpEntry(paymentsApi({ notices: stripeNotices(secret), receiveNotice }), options),
      authorise: taskEntry(AuthoriseInput, service.authorise, options),
      capture: taskEntry(TaskInput, service.capture, options),
      'void-payment': taskEntry(VoidPaymentInput, service.voidPayment, options),
      'look-up': taskEntry(TaskInput, lookUp, options),
    },
    others: {
      'on-order-cancelling': consumerEntry(
        orderCancelling,
        ({ id, data }, { correlationId }) =>
          requestRefund({ orderId: data.orderId, requestId: id, correlationId }),
        options,
      ),
    },
    // Nobody's money is blocked, kept or owed: neither by the gateway's account nor by ours.
    state: async () => {
      const states = await Promise.all(
        [...appended].map(async (orderId) => (await lookUp({ orderId })).state),
      );
      const owed = (intentId: string) =>
        [...gateway.refunds.values()].filter((refund) => refund.intentId === intentId).length === 0;
      return {
        open: states.filter((state) => state !== 'voided' && state !== 'refunded'),
        blocked: [...gateway.intents.values()].filter(({ status }) => status === 'authorised'),
        kept: [...gateway.intents.values()].filter(({ id, status }) => status === 'captured' && owed(id)),
      };
    },
    stored: async () => ({
      facts: await Promise.all([...appended].map((orderId) => ledger.read(orderId))),
      intents: gateway.intents,
      refunds: gateway.refunds,
    }),
  };
}

describeReleaseChecks(paymentsReleaseChecks, () => open());

describe('while the gateway loses an answer now and then', () => {
  describeReleaseChecks(paymentsReleaseChecks, () => open(['create', 'confirm', 'capture', 'cancel']));
});
