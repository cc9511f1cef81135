import type fc from 'fast-check';
import type { Gateway } from '../../src/ports/gateway.js';
import type { Ledger } from '../../src/ports/ledger.js';
import { order, setup, task } from '../builders.js';

/** Every call of a port waits for its turn, and so do its replies: the scheduler decides who comes first. */
function inTurns<T extends object>(scheduler: fc.Scheduler, port: T): T {
  return new Proxy(port, {
    get: (target, name) => {
      const member = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), `${String(name)} begins`);
        const [answer] = await Promise.allSettled([Promise.resolve().then(() => member.apply(target, args))]);
        await scheduler.schedule(Promise.resolve(), `${String(name)} answers`);
        if (answer.status === 'rejected') throw answer.reason;
        return answer.value;
      };
    },
  });
}

export interface Plan {
  readonly paymentMethodId: string;
  /** It gives up before it has authorised, as after too many unknown outcomes. */
  readonly givesUp: boolean;
  /** After how many steps it dies; null for never. */
  readonly dies: number | null;
}

/** The checkout around payments: one reservation, and executions that do what the state machine does. */
export function checkoutWorld(scheduler: fc.Scheduler) {
  const service = setup(({ ledger, gateway }) => ({
    ledger: inTurns<Ledger>(scheduler, ledger),
    gateway: inTurns<Gateway>(scheduler, gateway),
  }));
  const world = {
    ...service,
    reservation: 'held' as 'held' | 'committed' | 'released' | 'returned' | 'expired',
    /** Every capture at the gateway, with the reservation of that moment. */
    capturedWhile: [] as string[],
    commit: () => {
      if (world.reservation === 'held') world.reservation = 'committed';
      return world.reservation === 'committed';
    },
    /** From then on nobody starts it again. */
    closed: false,
    /** Stock goes back, and the order is refused. */
    close: () => {
      if (world.reservation === 'held') world.reservation = 'released';
      if (world.reservation === 'committed') world.reservation = 'returned';
      world.closed = true;
    },
    expire: () => {
      if (world.reservation === 'held') world.reservation = 'expired';
    },
    execute: (plan: Plan) => execute(world, plan),
  };
  const { gateway } = service;
  const capture = gateway.captureIntent.bind(gateway);
  gateway.captureIntent = (id, amount) => {
    if (gateway.intents.get(id)?.status === 'authorised') world.capturedWhile.push(world.reservation);
    return capture(id, amount);
  };
  return world;
}
type World = ReturnType<typeof setup> & { commit: () => boolean; close: () => void };

/** Unknown outcomes are retried; then, or without stock, the payment is voided, and stock goes back after that. */
async function execute(world: World, { paymentMethodId, givesUp, dies }: Plan): Promise<void> {
  let steps = 0;
  const step = async <T>(run: () => Promise<T>): Promise<T | 'unknown'> => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (dies !== null && steps++ >= dies) throw new Error('died');
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'PaymentUnknown') throw error;
      }
    }
    return 'unknown';
  };
  const authorised = givesUp ? 'unknown' : await step(() => world.authorise({ ...order, paymentMethodId }));
  if (authorised !== 'unknown' && 'authorised' in authorised && world.commit()) {
    const captured = await step(() => world.capture(task));
    if (captured === 'unknown' || 'captured' in captured) return;
  }
  const voided = await step(() => world.voidPayment(task));
  if (voided === 'unknown') return;
  if ('voided' in voided) world.close();
  else await step(() => world.capture(task));
}

/** What a plan may end with, and is no violation. */
export const endsSo = (error: unknown) => {
  const { message, code } = error as { message?: string; code?: string };
  if (message !== 'died' && code !== 'GATEWAY_UNAVAILABLE') throw error;
};
