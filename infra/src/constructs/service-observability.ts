import { metricsOf } from '@shipline/contracts/metrics';
import { Lazy } from 'aws-cdk-lib';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { pascalCase, physicalName, type ServiceName } from '../names.js';
import { businessWidgets } from '../observability/business-widgets.js';
import { type SavedQuery, savedQueries } from '../observability/saved-queries.js';
import { type ServiceParts, technicalWidgets } from '../observability/technical-widgets.js';
import { ShiplineStack } from '../shipline-stack.js';
import { CheckoutMachine } from './checkout-machine.js';
import { DeadLetterQueue } from './dead-letter-queue.js';
import { EventConsumer } from './event-consumer.js';
import { ServiceApi } from './service-api.js';
import { ServiceDashboard } from './service-dashboard.js';
import { ServiceFunction } from './service-function.js';

export interface ServiceObservabilityProps {
  readonly service: ServiceName;
  readonly tableName: string;
  readonly hasApi: boolean;
}

/**
 * The eyes of a service: a dashboard of what it runs on, one of what it means for the business where it has metrics of
 * its own, and saved queries over its logs. They show whatever is in the service's stack; nobody writes widgets by hand.
 */
export class ServiceObservability extends Construct {
  private found: ServiceParts | undefined;

  constructor(
    scope: Construct,
    private readonly props: ServiceObservabilityProps,
  ) {
    super(scope, 'Observability');
    const { service, hasApi } = props;
    const { environmentData, region } = ShiplineStack.of(this);
    const { dashboards } = environmentData;
    if (dashboards.includes('technical'))
      new ServiceDashboard(this, 'Technical', {
        name: `${service}-technical`,
        rows: () => technicalWidgets(this.parts()),
      });
    if (dashboards.includes('business') && metricsOf(service).length > 0)
      new ServiceDashboard(this, 'Business', {
        name: `${service}-business`,
        rows: () => businessWidgets(service, region),
      });
    for (const query of savedQueries) if (query.logs === 'functions' || hasApi) this.save(query);
  }

  private save({ name, logs, commands }: SavedQuery): void {
    const { service } = this.props;
    const environment = ShiplineStack.of(this).environmentData.name;
    new CfnQueryDefinition(this, pascalCase(name), {
      name: `shipline/${environment}/${service}/${name}`,
      queryString: commands.join('\n| '),
      logGroupNames: Lazy.list({
        produce: () =>
          logs === 'api'
            ? [`/aws/vendedlogs/${physicalName(environment, service)}-api`]
            : Object.values(this.parts().functions).map((fn) => `/aws/lambda/${fn}`),
      }),
    });
  }

  /** Asked for at the synthesis, when everything is there. */
  private parts(): ServiceParts {
    this.found ??= this.partsOfStack();
    return this.found;
  }

  /** By physical names where there are: nothing here waits for a function's release. */
  private partsOfStack(): ServiceParts {
    const { service, tableName } = this.props;
    const stack = ShiplineStack.of(this);
    const constructs = stack.node.findAll();
    const functions = constructs.filter((one) => one instanceof ServiceFunction);
    const [api] = constructs.filter((one) => one instanceof ServiceApi);
    const [checkout] = constructs.filter((one) => one instanceof CheckoutMachine);
    return {
      service,
      region: stack.region,
      functions: Object.fromEntries(functions.map((fn) => [fn.props.name, fn.functionName])),
      shifting: functions.filter(({ shifts }) => shifts).map(({ props }) => props.name),
      apiId: api?.api.apiId,
      queues: constructs.filter((one) => one instanceof EventConsumer).map(({ queueName }) => queueName),
      deadLetterQueues: constructs
        .filter((one) => one instanceof DeadLetterQueue)
        .map(({ ownName }) => ownName),
      tableName,
      stateMachineArn: checkout?.machineArn,
    };
  }
}
