import { type Money, OrderId, paymentIdOf, RefundId } from '@shipline/contracts';
import { makeAuthorise } from '../src/application/authorise.js';
import { makeCapture } from '../src/application/capture.js';
import { makeReceiveNotice } from '../src/application/receive-notice.js';
import { makeRequestRefund } from '../src/application/request-refund.js';
import { makeSettleRefund } from '../src/application/settle-refund.js';
import { makeVoidPayment } from '../src/application/void-payment.js';
import type { Fact, FactBody } from '../src/domain/fact.js';
import type { Gateway } from '../src/ports/gateway.js';
import type { Ledger } from '../src/ports/ledger.js';
import type { Reports } from '../src/ports/reports.js';
import { InMemoryGateway } from './fakes/in-memory-gateway.js';
import { InMemoryLedger } from './fakes/in-memory-ledger.js';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** A different suffix of an id for every number. */
export function suffixOf(number: number): string {
  let suffix = '';
  for (let rest = number; suffix.length < 26; rest = Math.floor(rest / 32))
    suffix = `${alphabet[rest % 32]}${suffix}`;
  return suffix;
}
export const orderIdOf = (number: number): OrderId => OrderId.parse(`ord_${suffixOf(number)}`);
export const refundIdOf = (number: number): RefundId => RefundId.parse(`ref_${suffixOf(number)}`);
export const orderId = orderIdOf(7);
export const paymentId = paymentIdOf(orderId);
export const correlationId = 'checkout-correlation';
export const total: Money = { amount: 2800, currency: 'USD' };
export const usd = (amount: number): Money => ({ amount, currency: 'USD' });
export const task = { orderId, correlationId };
export const order = { ...task, total, paymentMethodId: 'pm_card_visa' };

/** Facts one after another, as the ledger would have them. */
export const facts = (...bodies: FactBody[]): Fact[] =>
  bodies.map((body, index) => ({
    sequence: index + 1,
    at: '2026-11-23T09:00:00.000Z',
    correlationId,
    ...body,
  }));

export const opened: FactBody = { kind: 'opened', intentId: 'pi_1', amount: total };
export const authorised: FactBody = { kind: 'authorised', intentId: 'pi_1', amount: total };
export const captured: FactBody = { kind: 'captured', intentId: 'pi_1', amount: total };

type Mismatch = Parameters<Reports['mismatch']>[0];

/** The service's use cases on fakes; `wrap` puts something between them. */
export function setup(
  wrap: (parts: { ledger: Ledger; gateway: Gateway }) => { ledger: Ledger; gateway: Gateway } = (parts) =>
    parts,
) {
  const clock = { now: new Date('2026-11-23T09:00:00.000Z') };
  const ledger = new InMemoryLedger();
  const gateway = new InMemoryGateway();
  const mismatches: Mismatch[] = [];
  const deps = {
    ...wrap({ ledger, gateway }),
    reports: { mismatch: (about: Mismatch) => void mismatches.push(about) },
    now: () => clock.now,
  };
  const settleRefund = makeSettleRefund(deps);
  return {
    clock,
    ledger,
    gateway,
    mismatches,
    authorise: makeAuthorise(deps),
    capture: makeCapture(deps),
    voidPayment: makeVoidPayment(deps),
    receiveNotice: makeReceiveNotice(deps),
    settleRefund,
    requestRefund: makeRequestRefund({
      ...deps,
      settleRefund,
      refundIdOf: (_orderId, requestId) => refundIdOf(Number(requestId)),
    }),
    kinds: async () => (await ledger.read(orderId)).map(({ kind }) => kind),
  };
}
