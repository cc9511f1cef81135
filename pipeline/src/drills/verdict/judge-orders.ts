import type { OrdersObservation } from '../observation.js';
import type { Finding } from './finding.js';

/** What must be true of the orders that were in flight, whatever was released. */
export function orderFindings({
  orders,
  notTaken,
  sku,
  unitsBefore,
  unitsAfter,
}: OrdersObservation): Finding[] {
  const stuck = orders.filter(({ settledAt }) => settledAt === undefined).length;
  const confirmed = orders.filter(({ status }) => status === 'confirmed').length;
  const contradictions = orders.flatMap(({ contradictions: found }) => found);
  return [
    {
      claim: 'people ordered, and every order was taken',
      found: notTaken[0] ?? `${orders.length} orders`,
      holds: orders.length > 0 && notTaken.length === 0,
    },
    { claim: 'no order stands still', found: `${stuck} do`, holds: stuck === 0 },
    {
      claim: 'every order is confirmed, as its card pays',
      found: `${confirmed} of ${orders.length}`,
      holds: confirmed === orders.length,
    },
    {
      claim: 'order, reservation, ledger and gateway agree: one captured payment each',
      found: contradictions[0] ?? 'they do',
      holds: contradictions.length === 0,
    },
    {
      claim: `the stock of ${sku} and what was sold of it add up`,
      found: `${unitsBefore} before, ${unitsAfter} after, ${confirmed} sold`,
      holds: unitsAfter + confirmed === unitsBefore,
    },
  ];
}
