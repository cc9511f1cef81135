import { type Endpoint, endpoints } from '@shipline/contracts';
import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { EventConsumer, type EventConsumerProps, type EventContract } from '../constructs/event-consumer.js';
import {
  type FunctionKind,
  ServiceFunction,
  type ServiceFunctionProps,
} from '../constructs/service-function.js';
import { ServiceObservability } from '../constructs/service-observability.js';
import { ServiceReleases } from '../constructs/service-releases.js';
import { TableAccess, type TableGrant } from '../constructs/table-access.js';
import type { ServiceName } from '../names.js';
import { type Deployment, ShiplineStack } from '../shipline-stack.js';

type FunctionOptions = Omit<ServiceFunctionProps, 'service' | 'name' | 'kind' | 'releases'>;

/** The stateless half of a service: its functions, and what calls them. */
export abstract class ServiceStack<S extends ServiceName> extends ShiplineStack {
  protected readonly table: TableAccess<S>;
  private sharedBus: IEventBus | undefined;
  private sharedReleases: ServiceReleases | undefined;

  protected constructor(
    scope: Construct,
    deployment: Deployment,
    protected readonly service: S,
    description: string,
  ) {
    super(scope, deployment, service, description);
    this.table = new TableAccess(this, service);
    const { tableName } = this.table;
    new ServiceObservability(this, { service, tableName, hasApi: this.routes.length > 0 });
  }

  /** The platform's bus; only stacks that ask for it depend on it. */
  protected get bus(): IEventBus {
    this.sharedBus ??= EventBus.fromEventBusName(this, 'Bus', this.read(this.names.eventBusName));
    return this.sharedBus;
  }

  /** Made with the first function that shifts. */
  protected readonly releases = (): ServiceReleases => {
    this.sharedReleases ??= new ServiceReleases(this, this.service);
    return this.sharedReleases;
  };

  /** The service's routes, as its contract has them. */
  protected get routes(): Endpoint[] {
    const all: readonly Endpoint[] = Object.values(endpoints);
    return all.filter(({ service }) => service === this.service);
  }

  protected function(
    name: string,
    kind: FunctionKind,
    grant: TableGrant<S>,
    options: FunctionOptions,
  ): ServiceFunction {
    const { service, releases } = this;
    const fn = new ServiceFunction(this, { service, name, kind, releases, ...options });
    this.table.grant(fn, grant);
    return fn;
  }

  /** A function that handles one event, with its queue; `name` is that of its file. */
  protected consumer(
    name: `on-${string}`,
    event: EventContract,
    grant: TableGrant<S>,
    { maxConcurrency, ...options }: FunctionOptions & Pick<EventConsumerProps, 'maxConcurrency'>,
  ): ServiceFunction {
    const handler = this.function(name, 'consumer', grant, options);
    new EventConsumer(this, `${handler.node.id}Events`, {
      bus: this.bus,
      event,
      handler,
      ...(maxConcurrency !== undefined && { maxConcurrency }),
    });
    return handler;
  }
}
