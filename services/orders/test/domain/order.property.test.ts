import fc from 'fast-check';
import { it } from 'vitest';
import {
  advance,
  applyCapture,
  applyRefund,
  applyVoid,
  factsOf,
  type Order,
} from '../../src/domain/order.js';
import { OrderContradiction, OrderError } from '../../src/domain/order-error.js';
import { anOrder, later, usd } from '../builders.js';

/** What an outsider knows: what was said to the order, and every event that it emitted. */
interface Model {
  asked: boolean;
  emitted: string[];
}
interface Real {
  order: Order;
}

class Command implements fc.Command<Model, Real> {
  constructor(
    private readonly name: string,
    private readonly apply: (order: Order) => Order,
  ) {}
  check = () => true;
  toString = () => this.name;

  run(model: Model, real: Real): void {
    const before = real.order;
    try {
      real.order = this.apply(before);
    } catch (error) {
      if (!(error instanceof OrderError || error instanceof OrderContradiction)) throw error;
    }
    const after = real.order;
    if (after !== before) wasOneWrite(before, after, model);
    if (this.name === 'cancel' && after.cancelRequestedAt) model.asked = true;
    holds(model, after);
  }
}

function wasOneWrite(before: Order, after: Order, model: Model): void {
  const [entry, ...more] = after.history.slice(before.history.length);
  if (!entry || more.length > 0) throw new Error('one write is one entry');
  if (after.version !== before.version + 1 || entry.version !== after.version) throw new Error('one version');
  if (entry.status !== after.status) throw new Error('the entry tells the status');
  if (entry.emits !== 'nothing') model.emitted.push(entry.emits);
  if (model.asked && after.status === 'confirmed') throw new Error('confirmed after a cancellation');
}

function holds({ asked, emitted }: Model, order: Order): void {
  const count = (type: string) => emitted.filter((other) => other === type).length;
  if (order.version !== order.history.length) throw new Error('every version has its entry');
  if (asked !== factsOf(order).cancelAsked) throw new Error('a cancellation is never forgotten');
  if (count('order.confirmed.v1') > 1) throw new Error('confirmed twice');
  if (count('order.refused.v1') > 0 && count('order.confirmed.v1') > 0)
    throw new Error('refused and confirmed');
  if (['refused', 'cancelled', 'review'].includes(order.status) !== (order.reason !== undefined))
    if (order.status !== 'cancelling') throw new Error('exactly what is closed or parked has a reason');
}

const at = later(1);
const total = usd(2800);
const commands = [
  new Command('cancel', (order) => advance(order, 'cancel-requested', { at })),
  new Command('captured', (order) => applyCapture(order, total, at)),
  new Command('captured too little', (order) => applyCapture(order, usd(1), at)),
  new Command('voided', (order) => applyVoid(order, 'card_declined', at)),
  new Command('refunded', (order) => applyRefund(order, total, at)),
  new Command('refunded in part', (order) => applyRefund(order, usd(1), at)),
  new Command('refund failed', (order) => advance(order, 'refund-failed', { at, reason: 'refund_failed' })),
  new Command('parked', (order) => advance(order, 'checkout-parked', { at, reason: 'payment_unknown' })),
  new Command('restarted', (order) => advance(order, 'restarted', { at })),
];

it('keeps an order consistent under any sequence of triggers', () => {
  fc.assert(
    fc.property(
      fc.commands(
        commands.map((command) => fc.constant(command)),
        { size: '+1' },
      ),
      (sequence) => {
        const setup = () => ({ model: { asked: false, emitted: [] }, real: { order: anOrder() } });
        fc.modelRun(setup, sequence);
      },
    ),
    { numRuns: 2000 },
  );
});

it('changes nothing when the same thing is said twice', () => {
  const once = fc.constantFrom(...commands);
  const apply = (order: Order, command: Command) => {
    const real = { order };
    command.run({ asked: factsOf(order).cancelAsked, emitted: [] }, real);
    return real.order;
  };
  fc.assert(
    fc.property(fc.array(once, { maxLength: 8 }), once, (before, last) => {
      fc.pre(last.toString() !== 'restarted');
      const order = before.reduce(apply, anOrder());
      const first = apply(order, last);
      const second = apply(first, last);
      if (second !== first) throw new Error(`${last} twice: ${first.status} -> ${second.status}`);
    }),
  );
});
