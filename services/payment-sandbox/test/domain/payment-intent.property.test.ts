import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIntent } from '../../src/domain/create-intent.js';
import { GatewayError } from '../../src/domain/gateway-error.js';
import { cancelIntent, captureIntent, confirmIntent } from '../../src/domain/intent-transitions.js';
import { capturable, captureMethods, type PaymentIntent } from '../../src/domain/payment-intent.js';
import type { Refund } from '../../src/domain/refund.js';
import { openRefund, settleRefund } from '../../src/domain/refund-transitions.js';
import { testCards } from '../../src/domain/test-cards.js';
import { fromReady } from '../../src/domain/tokenise.js';

const now = new Date('2026-01-01T00:00:00Z');

interface World {
  readonly intent: PaymentIntent;
  readonly refunds: readonly Refund[];
}

type Act = (world: World) => World;

/** A refusal that is thrown changes nothing. */
const attempt =
  (act: Act): Act =>
  (world) => {
    try {
      return act(world);
    } catch (error) {
      if (error instanceof GatewayError) return world;
      throw error;
    }
  };

const methods = fc
  .constantFrom(...testCards)
  .map(({ ready }) => fromReady(ready, { id: `id-${ready}`, now }));
const amounts = fc.integer({ min: -10, max: 1200 });

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(methods, fc.boolean()).map(
    ([method, errorOnRequiresAction]): Act =>
      (world) => {
        const step = confirmIntent(world.intent, { chargeId: 'ch_1', now, method, errorOnRequiresAction });
        return { ...world, intent: step.intent };
      },
  ),
  fc.option(amounts, { nil: undefined }).map(
    (amount): Act =>
      (world) => ({ ...world, intent: captureIntent(world.intent, amount).intent }),
  ),
  fc.constant<Act>((world) => ({ ...world, intent: cancelIntent(world.intent, now).intent })),
  fc.option(amounts, { nil: undefined }).map(
    (amount): Act =>
      (world) => {
        const id = `re_${world.refunds.length}`;
        const { intent, refund } = openRefund(world.intent, { amount }, { id, now });
        return { intent, refunds: [...world.refunds, refund] };
      },
  ),
  fc.nat(5).map(
    (index): Act =>
      (world) => {
        const refund = world.refunds[index];
        const step = refund && settleRefund(world.intent, refund);
        if (!step) return world;
        return { intent: step.intent, refunds: world.refunds.map((r) => (r === refund ? step.refund : r)) };
      },
  ),
);

const histories = fc.record({
  captureMethod: fc.constantFrom(...captureMethods),
  amount: fc.integer({ min: 50, max: 1000 }),
  acts: fc.array(acts, { maxLength: 12 }),
});

type History = typeof histories extends fc.Arbitrary<infer H> ? H : never;

const worldsOf = ({ captureMethod, amount, acts: taken }: History): World[] => {
  const made = { id: 'pi_1', clientSecret: 'secret', now };
  const worlds: World[] = [
    { intent: createIntent({ amount, currency: 'usd', captureMethod }, made), refunds: [] },
  ];
  for (const act of taken) worlds.push(attempt(act)(worlds.at(-1) as World));
  return worlds;
};

describe('a payment intent, whatever is done to it', () => {
  it('holds money only while it waits for capture, and has received some only when it succeeded', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { intent } of worldsOf(history)) {
          expect(capturable(intent) > 0).toBe(intent.status === 'requires_capture');
          expect(intent.amountReceived > 0).toBe(intent.status === 'succeeded');
          expect(intent.amountReceived).toBeLessThanOrEqual(intent.amount);
        }
      }),
    );
  });

  it('has refunded what its refunds say that have not failed, and never more than it received', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { intent, refunds } of worldsOf(history)) {
          const standing = refunds.filter(({ status }) => status !== 'failed');
          expect(intent.amountRefunded).toBe(standing.reduce((sum, { amount }) => sum + amount, 0));
          expect(intent.amountRefunded).toBeLessThanOrEqual(intent.amountReceived);
        }
      }),
    );
  });

  it('stays cancelled, and stays paid', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const statuses = worldsOf(history).map(({ intent }) => intent.status);
        for (const final of ['canceled', 'succeeded'] as const) {
          const first = statuses.indexOf(final);
          if (first >= 0) expect(new Set(statuses.slice(first))).toEqual(new Set([final]));
        }
      }),
    );
  });

  it('counts its versions one by one', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const worlds = worldsOf(history);
        worlds.slice(1).forEach(({ intent }, index) => {
          const before = worlds[index]?.intent;
          expect(intent.version).toBe((before?.version ?? 0) + (intent === before ? 0 : 1));
        });
      }),
    );
  });
});
