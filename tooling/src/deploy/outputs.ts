import {
  type CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { stackIds, stackName } from '@shipline/infra';
import { UserError } from '../cli.js';
import type { Target } from './target.js';

/** What an environment offers; `pnpm outputs --json` prints it. Names are physical names. */
export interface Outputs {
  readonly environment: string;
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

interface Deployed {
  readonly resources: readonly StackResourceSummary[];
  readonly outputs: Readonly<Record<string, string>>;
}

const allStacks = [...stackIds, 'payment-sandbox'] as const;
type DeployedStack = (typeof allStacks)[number];

/**
 * Asks CloudFormation what is there.
 * @throws {UserError} when the environment has not been deployed.
 */
export async function readOutputs(client: CloudFormationClient, { environment }: Target): Promise<Outputs> {
  const wanted = allStacks.filter((id) => id !== 'payment-sandbox' || environment.gateway.kind === 'sandbox');
  const stacks = new Map(
    await Promise.all(
      wanted.map(async (id) => [id, await describe(client, stackName(environment.name, id))] as const),
    ),
  );
  const missing = wanted.filter((id) => stacks.get(id) === undefined);
  if (missing.length > 0)
    throw new UserError(
      `Environment \`${environment.name}\` is not deployed (${missing.join(', ')} missing): run \`pnpm deploy:${environment.name}\`.`,
    );
  return outputsFrom(
    environment,
    new Map([...stacks].flatMap(([id, stack]) => (stack ? [[id, stack]] : []))),
  );
}

function outputsFrom(
  environment: Target['environment'],
  stacks: ReadonlyMap<DeployedStack, Deployed>,
): Outputs {
  const resources = [...stacks.values()].flatMap((stack) => stack.resources);
  const ofType = (type: string) => resources.filter(({ ResourceType }) => ResourceType === type);
  const only = (type: string, stack: DeployedStack) =>
    stacks.get(stack)?.resources.find(({ ResourceType }) => ResourceType === type)?.PhysicalResourceId ?? '';
  const output = (stack: DeployedStack, name: string) => stacks.get(stack)?.outputs[name] ?? '';
  const byLogicalId = (type: string) =>
    Object.fromEntries(
      ofType(type).map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
        LogicalResourceId,
        PhysicalResourceId,
      ]),
    );
  const distributionHost = output('edge', 'DistributionDomainName');
  const storefrontUrl = environment.shopUrl ?? `https://${distributionHost}`;
  const sandboxUrl = output('payment-sandbox', 'GatewayUrl');
  return {
    environment: environment.name,
    region: environment.region,
    account: environment.account,
    storefrontUrl,
    apiUrl: `${storefrontUrl}/api`,
    openApiUrl: `${storefrontUrl}/api/openapi.json`,
    gatewayUrl: gatewayUrlOf(environment, sandboxUrl),
    userPoolId: only('AWS::Cognito::UserPool', 'platform'),
    userPoolClientId: only('AWS::Cognito::UserPoolClient', 'platform'),
    eventBusName: only('AWS::Events::EventBus', 'platform'),
    stateMachineArn: only('AWS::StepFunctions::StateMachine', 'orders'),
    siteBucket: output('edge', 'SiteBucketName'),
    distributionHost,
    sandboxHost: sandboxUrl ? new URL(sandboxUrl).host : '',
    gatewaySecretArn: only('AWS::SecretsManager::Secret', 'payments-data'),
    storefrontConfig: output('edge', 'RuntimeConfig'),
    tables: Object.fromEntries(
      [...stacks].flatMap(([id, stack]) =>
        stack.resources
          .filter(({ ResourceType }) => ResourceType === 'AWS::DynamoDB::Table')
          .map(({ PhysicalResourceId = '' }) => [id.replace(/-data$/, ''), PhysicalResourceId] as const),
      ),
    ),
    functions: byLogicalId('AWS::Lambda::Function'),
    queues: Object.fromEntries(
      ofType('AWS::SQS::Queue').map(({ PhysicalResourceId = '' }) => [
        PhysicalResourceId.split('/').at(-1)?.replace(`shipline-${environment.name}-`, '') ?? '',
        PhysicalResourceId,
      ]),
    ),
  };
}

function gatewayUrlOf({ gateway }: Target['environment'], sandboxUrl: string): string {
  if (gateway.kind === 'stripe') return 'https://api.stripe.com';
  return gateway.url ?? (sandboxUrl ? new URL(sandboxUrl).origin : '');
}

async function describe(client: CloudFormationClient, stack: string): Promise<Deployed | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    const outputs = (Stacks[0]?.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
      OutputKey && OutputValue !== undefined ? [[OutputKey, OutputValue] as const] : [],
    );
    const resources: StackResourceSummary[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: stack }))
      resources.push(...(page.StackResourceSummaries ?? []));
    return { resources, outputs: Object.fromEntries(outputs) };
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  }
}
