import { join } from 'node:path';
import { rollbacks } from '../delivery/rollback-record.js';
import { runs } from '../delivery/run-record.js';
import type { Outputs } from '../deploy/outputs.js';
import { workDirectory } from '../paths.js';
import { readAlarms } from '../releases/alarms.js';
import { DeploymentReader } from '../releases/deployments.js';
import type { ConsoleClients } from './clients.js';
import type { Reader, Readers } from './poller.js';
import { isAlive } from './readers/alive.js';
import { deliveryPanel } from './readers/deliveries.js';
import { readDrills } from './readers/drills.js';
import { readFunctions } from './readers/functions.js';
import { readMachine } from './readers/machine.js';
import { OrderReader } from './readers/orders.js';
import { readQueues } from './readers/queues.js';
import type { Panels } from './snapshot.js';

/** Seconds from one reading to the next: the laptop is quick and free, AWS measures by the minute and bills. */
const paces = {
  local: {
    functions: 5,
    alarms: 2,
    orders: 1,
    queues: 3,
    deployments: 1,
    machine: 2,
    drills: 2,
    deliveries: 2,
    clock: 2,
  },
  aws: {
    functions: 60,
    alarms: 15,
    orders: 10,
    queues: 60,
    deployments: 10,
    machine: 30,
    drills: 2,
    deliveries: 2,
    clock: 60,
  },
} as const satisfies Record<string, Record<keyof Panels, number>>;

/**
 * What each panel is read from.
 * @param minuteSeconds How long a minute of a release lasts now.
 */
export function consoleReaders(
  clients: ConsoleClients,
  outputs: Outputs,
  minuteSeconds: () => Promise<number>,
): Readers {
  const prefix = `shipline-${outputs.environment}-`;
  const pace = paces[outputs.environment === 'local' ? 'local' : 'aws'];
  const every = <P extends keyof Panels>(panel: P, read: () => Promise<Panels[P]>): Reader<Panels[P]> => ({
    everySeconds: pace[panel],
    read,
  });
  const { stateMachineArn, tables } = outputs;
  const deployments = new DeploymentReader(clients, prefix);
  const orders = new OrderReader(clients, { stateMachineArn, tableName: tables['orders'] ?? '' });
  const names = Object.values(outputs.functions).filter((name) => name.startsWith(prefix));
  return {
    functions: every('functions', () => readFunctions(clients.lambda, names, prefix)),
    alarms: every('alarms', () => readAlarms(clients.cloudWatch, prefix)),
    orders: every('orders', () => orders.read()),
    queues: every('queues', () => readQueues(clients, outputs.queues, Date.now())),
    deployments: every('deployments', async () => deployments.read(Date.now(), await minuteSeconds())),
    machine: every('machine', () => readMachine(clients.stepFunctions, stateMachineArn, prefix)),
    clock: every('clock', async () => ({ minuteSeconds: await minuteSeconds() })),
    deliveries: every('deliveries', async () => {
      const records = { runs: runs(), rollbacks: rollbacks() };
      return deliveryPanel(records, new Date(), isAlive);
    }),
    drills: every('drills', async () => readDrills(join(workDirectory, 'drills'), outputs.environment)),
  };
}
