import { type Order, paymentIdOf } from '@shipline/contracts';
import { contradictions } from '@shipline/pipeline/shop/consistency';
import * as records from '@shipline/pipeline/shop/records';
import { expect, vi } from 'vitest';
import { outputs } from './environment.js';
import { intentsOf } from './gateway.js';

export { tables } from '@shipline/pipeline/shop/records';

export const tableOf = (service: string) => records.tableOf(outputs, service);
export const inventoryTable = () => tableOf('inventory');
export const ordersTable = () => tableOf('orders');
export const catalogTable = () => tableOf('catalog');

export const reservationOf = (order: Pick<Order, 'orderId'>) => records.reservationOf(outputs, order);
export const ledgerOf = (order: Pick<Order, 'orderId'>) => records.ledgerOf(outputs, order);

/** Order, reservation, ledger and gateway must agree. Consumers may still be at work, so it is asked until it holds. */
export async function expectConsistent(order: Order): Promise<void> {
  await vi.waitFor(
    async () => {
      const [reservation, ledger, intents] = await Promise.all([
        reservationOf(order),
        ledgerOf(order),
        intentsOf(paymentIdOf(order.orderId)),
      ]);
      const story = { reservation, ledger, intents };
      expect(contradictions(order, story), JSON.stringify(story)).toEqual([]);
    },
    { timeout: 60_000, interval: 250 },
  );
}
