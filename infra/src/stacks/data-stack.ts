import type { Construct } from 'constructs';
import { ServiceTable } from '../constructs/service-table.js';
import type { ServiceName } from '../names.js';
import { type Deployment, ShiplineStack } from '../shipline-stack.js';

/** What a service must not lose, apart from everything that can be deployed again. */
export class DataStack extends ShiplineStack {
  constructor(scope: Construct, deployment: Deployment, service: ServiceName) {
    super(scope, deployment, `${service}-data`, `Shipline: data of ${service}`);
    new ServiceTable(this, service);
  }
}
