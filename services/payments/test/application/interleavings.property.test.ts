import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Gateway } from '../../src/ports/gateway.js';
import type { Ledger } from '../../src/ports/ledger.js';
import { order, orderId, setup, task } from '../builders.js';
import type { Effect, GatewayOperation } from '../fakes/in-memory-gateway.js';

/** Every call of a port waits for its turn, and so do its replies: the scheduler decides who comes first. */
function inTurns<T extends object>(scheduler: fc.Scheduler, port: T): T {
  return new Proxy(port, {
    get: (target, name) => {
      const member = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), `${String(name)} begins`);
        const answer = await Promise.allSettled([Promise.resolve().then(() => member.apply(target, args))]);
        await scheduler.schedule(Promise.resolve(), `${String(name)} answers`);
        const [settled] = answer;
        if (settled.status === 'rejected') throw settled.reason;
        return settled.value;
      };
    },
  });
}

const fault = fc.record({
  operation: fc.constantFrom<GatewayOperation>('create', 'confirm', 'capture', 'cancel', 'retrieve'),
  effect: fc.constantFrom<Effect>('never', 'lost', 'stored-500', 'stored-500-done'),
});
const card = fc.constantFrom('pm_card_visa', 'pm_card_visa', 'pm_card_visa_chargeDeclined');
/** Executions of the checkout: each may find its stock gone, or die after some steps. */
const execution = fc.record({ stockIsGone: fc.boolean(), dies: fc.option(fc.integer({ min: 0, max: 4 })) });

type Service = ReturnType<typeof setup>;

/** As the state machine does it: unknown outcomes are retried, then voided; what cannot be captured is voided. */
async function checkout(
  service: Service,
  paymentMethodId: string,
  plan: { stockIsGone: boolean; dies: number | null },
) {
  let steps = 0;
  const step = async <T>(run: () => Promise<T>): Promise<T | 'unknown'> => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (plan.dies !== null && steps++ >= plan.dies) throw new Error('died');
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'PaymentUnknown') throw error;
      }
    }
    return 'unknown';
  };
  const authorised = await step(() => service.authorise({ ...order, paymentMethodId }));
  if (authorised !== 'unknown' && 'authorised' in authorised && !plan.stockIsGone) {
    const captured = await step(() => service.capture(task));
    if (captured === 'unknown' || 'captured' in captured) return;
  }
  const voided = await step(() => service.voidPayment(task));
  if (voided !== 'unknown' && 'alreadyCaptured' in voided) await step(() => service.capture(task));
}

const died = (error: unknown) => {
  if (!(error instanceof Error) || error.message !== 'died') throw error;
};
const impatient = (error: unknown) => {
  if ((error as { code?: string }).code !== 'GATEWAY_UNAVAILABLE') throw error;
};

it('takes money at most once, and never what was voided, however two executions and webhooks meet', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      card,
      fc.array(fault, { maxLength: 5 }),
      fc.tuple(execution, execution),
      fc.array(fc.constantFrom('succeeded', 'canceled', 'amount_capturable_updated', 'payment_failed'), {
        maxLength: 3,
      }),
      async (scheduler, paymentMethodId, faults, plans, notices) => {
        // Two executions agree on the stock: it is one reservation, committed or not.
        const stockIsGone = plans[0].stockIsGone;
        const service = setup(({ ledger, gateway }) => ({
          ledger: inTurns<Ledger>(scheduler, ledger),
          gateway: inTurns<Gateway>(scheduler, gateway),
        }));
        for (const { operation, effect } of faults) service.gateway.fail(operation, effect);
        const hint = { objectId: 'pi_1', orderHint: orderId };
        const all = Promise.all([
          ...plans.map((plan) => checkout(service, paymentMethodId, { ...plan, stockIsGone }).catch(died)),
          ...notices.map((type) =>
            service.receiveNotice({ type: `payment_intent.${type}`, ...hint }, 'webhook').catch(impatient),
          ),
        ]);
        await scheduler.waitFor(all);
        // The sweeper's execution, after which nothing is left open.
        await scheduler.waitFor(checkout(service, paymentMethodId, { stockIsGone, dies: null }));
        await scheduler.waitFor(checkout(service, paymentMethodId, { stockIsGone, dies: null }));

        const statuses = [...service.gateway.intents.values()].map(({ status }) => status);
        const kinds = await service.kinds();
        const taken = statuses.filter((status) => status === 'captured').length;
        expect(taken).toBeLessThanOrEqual(1);
        expect(statuses).not.toContain('authorised');
        expect(kinds.filter((kind) => kind === 'captured')).toHaveLength(taken);
        expect(kinds.filter((kind) => kind === 'voided')).toHaveLength(1 - taken);
        if (stockIsGone) expect(taken).toBe(0);
        if (faults.length === 0 && !stockIsGone && paymentMethodId === 'pm_card_visa') expect(taken).toBe(1);
      },
    ),
    { numRuns: 500 },
  );
});
