import type { Environment } from './environment.js';
import { type StackId, stackIds } from './names.js';

/**
 * Which stacks must be there first: those whose parameters a stack reads. Test: stack-graph.test.ts compares it
 * with what the templates really read.
 */
export function dependenciesOf({ shopUrl }: Pick<Environment, 'shopUrl'>): Record<StackId, StackId[]> {
  return {
    platform: [],
    'catalog-data': [],
    'inventory-data': [],
    'cart-data': [],
    'orders-data': [],
    'payments-data': [],
    'notifications-data': [],
    catalog: ['catalog-data', 'platform'],
    inventory: ['inventory-data', 'platform'],
    payments: ['payments-data', 'platform'],
    cart: ['cart-data', 'platform', 'catalog'],
    orders: ['orders-data', 'platform', 'catalog', 'inventory', 'payments'],
    edge: ['platform', 'catalog', 'inventory', 'cart', 'orders', 'payments'],
    // A receipt links to the order: where the shop's address is the distribution's, it is known only then.
    notifications: ['notifications-data', 'platform', ...(shopUrl ? [] : (['edge'] as const))],
  };
}

/** The stacks in waves: everything in one wave can be deployed at the same time. */
export function deployOrder(environment: Pick<Environment, 'shopUrl'>): StackId[][] {
  const dependencies = dependenciesOf(environment);
  const waves: StackId[][] = [];
  const done = new Set<StackId>();
  while (done.size < stackIds.length) {
    const wave = stackIds.filter((id) => !done.has(id) && dependencies[id].every((other) => done.has(other)));
    if (wave.length === 0) throw new Error('The stacks depend on each other in a circle.');
    waves.push(wave);
    for (const id of wave) done.add(id);
  }
  return waves;
}
