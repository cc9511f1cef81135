import { App, type AppProps } from 'aws-cdk-lib';
import { builtBundles } from './bundles.js';
import type { Environment } from './environment.js';
import { context } from './flags.js';
import { type ServiceName, type StackId, stackIds } from './names.js';
import type { Deployment, ShiplineStack } from './shipline-stack.js';
import { dependenciesOf } from './stack-graph.js';
import { CartStack } from './stacks/cart-stack.js';
import { CatalogStack } from './stacks/catalog-stack.js';
import { DataStack } from './stacks/data-stack.js';
import { EdgeStack } from './stacks/edge-stack.js';
import { InventoryStack } from './stacks/inventory-stack.js';
import { NotificationsDataStack } from './stacks/notifications-data-stack.js';
import { NotificationsStack } from './stacks/notifications-stack.js';
import { OrdersStack } from './stacks/orders-stack.js';
import { PaymentsDataStack } from './stacks/payments-data-stack.js';
import { PaymentsStack } from './stacks/payments-stack.js';
import { PlatformStack } from './stacks/platform-stack.js';

type Builder = (app: App, deployment: Deployment) => ShiplineStack;

const data =
  (service: ServiceName): Builder =>
  (app, deployment) =>
    new DataStack(app, deployment, service);

const builders: Record<StackId, Builder> = {
  platform: (app, deployment) => new PlatformStack(app, deployment),
  'catalog-data': data('catalog'),
  'inventory-data': data('inventory'),
  'cart-data': data('cart'),
  'orders-data': data('orders'),
  'payments-data': (app, deployment) => new PaymentsDataStack(app, deployment),
  'notifications-data': (app, deployment) => new NotificationsDataStack(app, deployment),
  catalog: (app, deployment) => new CatalogStack(app, deployment),
  inventory: (app, deployment) => new InventoryStack(app, deployment),
  cart: (app, deployment) => new CartStack(app, deployment),
  orders: (app, deployment) => new OrdersStack(app, deployment),
  payments: (app, deployment) => new PaymentsStack(app, deployment),
  notifications: (app, deployment) => new NotificationsStack(app, deployment),
  edge: (app, deployment) => new EdgeStack(app, deployment),
};

export interface ShiplineApp {
  readonly app: App;
  readonly stacks: Readonly<Record<StackId, ShiplineStack>>;
}

/** Every stack of one environment, ordered by what each reads. */
export function buildApp(
  environment: Environment,
  { bundles = builtBundles(), ...props }: AppProps & { bundles?: Deployment['bundles'] } = {},
): ShiplineApp {
  const app = new App({
    analyticsReporting: false,
    context: context(),
    ...props,
  });
  const built = stackIds.map((id) => [id, builders[id](app, { environment, bundles })] as const);
  const stacks = Object.fromEntries(built) as Record<StackId, ShiplineStack>;
  const dependencies = dependenciesOf(environment);
  for (const id of stackIds)
    for (const other of dependencies[id]) stacks[id].addStackDependency(stacks[other]);
  return { app, stacks };
}
