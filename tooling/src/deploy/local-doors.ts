import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import { type Environment, type EnvironmentName, localDoorPorts, stackName } from '@shipline/infra';
import { openFrontDoors } from '@shipline/local-cloud';
import { describeStack } from './describe-stack.js';
import type { Outputs } from './outputs.js';

type Hosts = Partial<Pick<Outputs, 'distributionHost' | 'sandboxHost'>>;

/** Opens plain addresses for the distribution and for the sandbox, which is another origin, as far as they exist. */
export async function openLocalDoors(
  port: number,
  environment: EnvironmentName,
  { distributionHost, sandboxHost }: Hosts,
): Promise<void> {
  const ports = localDoorPorts(port, environment);
  await openFrontDoors(port, [
    ...(distributionHost ? [{ port: ports.shop, target: distributionHost, host: 'localhost' }] : []),
    ...(sandboxHost ? [{ port: ports.sandbox, target: sandboxHost, host: '127.0.0.1' }] : []),
  ]);
}

/** What can be had of the hosts while an environment is half deployed. */
export async function localHosts(client: CloudFormationClient, { name }: Environment): Promise<Hosts> {
  const [edge, sandbox] = await Promise.all(
    (['edge', 'payment-sandbox'] as const).map((id) => describeStack(client, stackName(name, id))),
  );
  const distributionHost = outputOf(edge, 'DistributionDomainName');
  const gatewayUrl = outputOf(sandbox, 'GatewayUrl');
  return {
    ...(distributionHost && { distributionHost }),
    ...(gatewayUrl && { sandboxHost: new URL(gatewayUrl).host }),
  };
}

const outputOf = (stack: Stack | undefined, key: string) =>
  stack?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
