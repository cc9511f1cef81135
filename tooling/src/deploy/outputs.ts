import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { Environment, EnvironmentName } from '@shipline/infra';
import { UserError } from '../cli.js';
import { type DeployedStacks, readStacks, stacksOf } from './deployed-stacks.js';
import { wayInto } from './signed-only.js';
import type { Target } from './target.js';

/** What an environment offers; `pnpm outputs --json` prints it. Names are physical names. */
export interface Outputs {
  readonly environment: EnvironmentName;
  readonly region: string;
  readonly account: string;
  readonly storefrontUrl: string;
  readonly apiUrl: string;
  readonly openApiUrl: string;
  readonly gatewayUrl: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly eventBusName: string;
  readonly stateMachineArn: string;
  readonly siteBucket: string;
  /** Host name of the CloudFront distribution; locally `storefrontUrl` is its front door. */
  readonly distributionHost: string;
  readonly distributionId: string;
  /** Host name of the payment sandbox's API; empty in prod. */
  readonly sandboxHost: string;
  readonly gatewaySecretArn: string;
  /** The storefront's `/config.json`. */
  readonly storefrontConfig: string;
  /** By service. */
  readonly tables: Readonly<Record<string, string>>;
  /** By logical id, for example `OrdersApiFunction`. */
  readonly functions: Readonly<Record<string, string>>;
  /** URLs by name, for example `orders-on-payment-captured-dead-letters`. */
  readonly queues: Readonly<Record<string, string>>;
}

/**
 * Asks CloudFormation what is there.
 * @throws {UserError} when the environment has not been deployed.
 */
export async function readOutputs(client: CloudFormationClient, { environment }: Target): Promise<Outputs> {
  const wanted = stacksOf(environment.gateway.kind);
  const stacks = await readStacks(client, environment.name, wanted);
  const missing = stacks.missing(wanted);
  if (missing.length > 0)
    throw new UserError(
      `Environment \`${environment.name}\` is not deployed (${missing.join(', ')} missing): ${wayInto(environment.name)}.`,
    );
  return outputsFrom(environment, stacks);
}

export function outputsFrom(environment: Environment, stacks: DeployedStacks): Outputs {
  return {
    environment: environment.name,
    region: environment.region,
    account: environment.account,
    ...addressesFrom(environment, stacks),
    userPoolId: stacks.physicalId('platform', 'AWS::Cognito::UserPool'),
    userPoolClientId: stacks.physicalId('platform', 'AWS::Cognito::UserPoolClient'),
    eventBusName: stacks.physicalId('platform', 'AWS::Events::EventBus'),
    stateMachineArn: stacks.physicalId('orders', 'AWS::StepFunctions::StateMachine'),
    siteBucket: stacks.output('edge', 'SiteBucketName'),
    distributionId: stacks.output('edge', 'DistributionId'),
    gatewaySecretArn: stacks.physicalId('payments-data', 'AWS::SecretsManager::Secret'),
    storefrontConfig: stacks.output('edge', 'RuntimeConfig'),
    tables: tablesFrom(stacks),
    functions: functionsFrom(stacks),
    queues: queuesFrom(environment, stacks),
  };
}

function addressesFrom({ shopUrl, gateway }: Environment, stacks: DeployedStacks) {
  const distributionHost = stacks.output('edge', 'DistributionDomainName');
  const sandboxUrl = stacks.output('payment-sandbox', 'GatewayUrl');
  const storefrontUrl = shopUrl ?? `https://${distributionHost}`;
  return {
    storefrontUrl,
    apiUrl: `${storefrontUrl}/api`,
    openApiUrl: `${storefrontUrl}/api/openapi.json`,
    gatewayUrl: gatewayUrlOf(gateway, sandboxUrl),
    distributionHost,
    sandboxHost: sandboxUrl ? new URL(sandboxUrl).host : '',
  };
}

function gatewayUrlOf(gateway: Environment['gateway'], sandboxUrl: string): string {
  if (gateway.kind === 'stripe') return 'https://api.stripe.com';
  return gateway.url ?? (sandboxUrl ? new URL(sandboxUrl).origin : '');
}

const tablesFrom = (stacks: DeployedStacks) =>
  Object.fromEntries(
    stacks
      .ofType('AWS::DynamoDB::Table')
      .map(({ stack, physicalId }) => [stack.replace(/-data$/, ''), physicalId]),
  );

const functionsFrom = (stacks: DeployedStacks) =>
  Object.fromEntries(
    stacks.ofType('AWS::Lambda::Function').map(({ logicalId, physicalId }) => [logicalId, physicalId]),
  );

/** A queue's physical id is its URL, which ends with its name. */
const queuesFrom = ({ name }: Environment, stacks: DeployedStacks) =>
  Object.fromEntries(
    stacks
      .ofType('AWS::SQS::Queue')
      .map(({ physicalId }) => [
        physicalId.split('/').at(-1)?.replace(`shipline-${name}-`, '') ?? '',
        physicalId,
      ]),
  );
