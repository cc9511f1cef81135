import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderId } from '../builders.js';
import type { Effect, GatewayOperation } from '../fakes/in-memory-gateway.js';
import { checkoutWorld, endsSo } from './checkout-world.js';

const faults = fc.array(
  fc.record({
    operation: fc.constantFrom<GatewayOperation>('create', 'confirm', 'capture', 'cancel', 'retrieve'),
    effect: fc.constantFrom<Effect>('never', 'lost', 'stored-500', 'stored-500-done'),
  }),
  { maxLength: 5 },
);
const plan = fc.record({
  paymentMethodId: fc.constant('pm_card_visa'),
  givesUp: fc.boolean(),
  dies: fc.option(fc.integer({ min: 0, max: 4 })),
});
const notices = fc.array(
  fc.constantFrom('succeeded', 'canceled', 'amount_capturable_updated', 'payment_failed'),
  { maxLength: 3 },
);
const around = fc.record({
  card: fc.constantFrom(
    'pm_card_visa',
    'pm_card_visa',
    'pm_card_visa_chargeDeclined',
    'pm_card_declinedAtCreate',
  ),
  forgetsCreates: fc.boolean(),
  stockExpires: fc.boolean(),
});

it('takes money at most once, for committed stock, and never what was voided, whoever comes first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.tuple(plan, plan),
      faults,
      notices,
      around,
      async (scheduler, plans, orderedFaults, noticed, { card, forgetsCreates, stockExpires }) => {
        const world = checkoutWorld(scheduler);
        world.gateway.forgetsCreates = forgetsCreates;
        for (const { operation, effect } of orderedFaults) world.gateway.fail(operation, effect);
        const ofPlan = (each: (typeof plans)[number]) => ({ ...each, paymentMethodId: card });
        const receive = (type: string) =>
          world.receiveNotice(
            { type: `payment_intent.${type}`, objectId: 'pi_1', orderHint: orderId },
            'webhook',
          );

        await scheduler.waitFor(
          Promise.all([
            ...plans.map((each) => world.execute(ofPlan(each)).catch(endsSo)),
            ...noticed.map((type) => receive(type).catch(endsSo)),
            stockExpires ? scheduler.schedule(Promise.resolve(), 'expiry').then(world.expire) : undefined,
          ]),
        );
        // The sweeper starts an unfinished order again, until it has got through.
        for (let sweep = 0; sweep < 3 && !world.closed; sweep += 1)
          await scheduler.waitFor(
            world.execute({ paymentMethodId: card, givesUp: false, dies: null }).catch(endsSo),
          );

        const statuses = [...world.gateway.intents.values()].map(({ status }) => status);
        const kinds = await world.kinds();
        const taken = statuses.filter((status) => status === 'captured').length;
        expect(taken).toBeLessThanOrEqual(1);
        expect(statuses).not.toContain('authorised');
        expect(kinds.filter((kind) => kind === 'captured')).toHaveLength(taken);
        expect(kinds.filter((kind) => kind === 'voided')).toHaveLength(1 - taken);
        expect(world.capturedWhile.filter((reservation) => reservation !== 'committed')).toEqual([]);
        const stock = taken ? ['committed'] : ['released', 'returned', 'expired'];
        expect(stock).toContain(world.reservation);
      },
    ),
    { numRuns: 1_000 },
  );
});
