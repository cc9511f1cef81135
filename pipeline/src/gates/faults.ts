import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultyOrders, survivable, unsurvived } from '../resilience/faulty-orders.js';
import { deployedEnvironment } from './deployed-environment.js';
import { type Gate, GateShut } from './gate.js';

/** Does every order end right, whatever the card company does? */
export const faults: Gate = {
  title: 'Orders while the card company fails',
  performs: ['resilience-tests'],
  deployed: true,
  async run(context) {
    const { reports, progress } = context;
    const { target, outputs } = await deployedEnvironment(context);
    if (target.environment.gateway.kind !== 'sandbox')
      throw new GateShut(
        'Only the sandbox fails when it is told to: no fault is injected where cards are real.',
      );
    const orders = await faultyOrders(outputs, survivable);
    writeFileSync(join(reports, 'faults.json'), `${JSON.stringify(orders, null, 2)}\n`);
    for (const { fault, status, took } of orders)
      progress.note(`${fault.kind} at ${fault.operation}: ${status} after ${took ?? '?'} ms`);
    const wrong = unsurvived(orders);
    if (wrong.length > 0) throw new GateShut(`${wrong.length} orders did not end right: ${wrong.join('; ')}`);
    progress.note(`${orders.length} orders were each paid once`);
  },
};
