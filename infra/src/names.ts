import type { Environment, EnvironmentName } from './environment.js';

/** The bounded contexts that CDK deploys; `services/payment-sandbox` is a SAM application of its own. */
export const services = ['catalog', 'inventory', 'cart', 'orders', 'payments', 'notifications'] as const;
export type ServiceName = (typeof services)[number];

/** Every stack of an environment. */
export type StackId = 'platform' | `${ServiceName}-data` | ServiceName | 'edge';
export const stackIds: readonly StackId[] = [
  'platform',
  ...services.map((service) => `${service}-data` as const),
  ...services,
  'edge',
];

export const stackName = (environment: EnvironmentName, stack: StackId | 'payment-sandbox') =>
  `shipline-${environment}-${stack}` as const;

/** The account's bucket for Lambda zips and templates. */
export const artifactBucketName = ({ account, region }: Pick<Environment, 'account' | 'region'>) =>
  `shipline-artifacts-${account}-${region}`;

/** The most that any role may ever do which CloudFormation makes in this environment, as a managed policy. */
export const boundaryName = (environment: Exclude<EnvironmentName, 'local'>) =>
  `shipline-${environment}-boundary` as const;

/** A physical name below an environment; readable in consoles, metrics and runbooks. */
export const physicalName = (environment: EnvironmentName, ...parts: string[]) =>
  ['shipline', environment, ...parts].join('-');

/**
 * Parameter Store is how stacks find each other: nothing is exported or imported, so that each deploys alone.
 * The stack named in front of a parameter writes it.
 */
export const parameters = (environment: EnvironmentName) => {
  const path = <const P extends string>(name: P) => `/shipline/${environment}/${name}` as const;
  return {
    userPoolId: path('platform/user-pool-id'),
    userPoolClientId: path('platform/user-pool-client-id'),
    eventBusName: path('platform/event-bus-name'),
    alarmTopicArn: path('platform/alarm-topic-arn'),
    tableName: (service: ServiceName) => path(`${service}/table-name`),
    tableStreamArn: (service: ServiceName) => path(`${service}/table-stream-arn`),
    apiHost: (service: ServiceName) => path(`${service}/api-host`),
    /** ARN of the alias `live`. */
    function: (service: ServiceName, name: string) => path(`${service}/functions/${name}`),
    gatewaySecretArn: path('payments/gateway-secret-arn'),
    stateMachineArn: path('orders/state-machine-arn'),
    /** Origin of the payment sandbox, written by its own SAM stack: its paths begin with `/v1`. */
    sandboxUrl: path('payment-sandbox/url'),
    shopUrl: path('edge/shop-url'),
  } as const;
};

/** `tasks` and `on-order-confirmed` as `Tasks` and `OnOrderConfirmed`. */
export const pascalCase = (kebab: string) => kebab.replace(/(?:^|-)(\w)/g, (_, c: string) => c.toUpperCase());
