import {
  DescribeStateMachineAliasCommand,
  type DescribeStateMachineAliasCommandOutput,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { MachineRow } from '../snapshot.js';

/** Which versions of the checkout new orders get. */
export async function readMachine(
  client: SFNClient,
  stateMachineArn: string,
  prefix: string,
): Promise<MachineRow> {
  const alias = await client.send(
    new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${stateMachineArn}:live` }),
  );
  return machineRow(alias, lastPart(stateMachineArn).replace(prefix, ''));
}

export function machineRow(
  { routingConfiguration = [] }: Pick<DescribeStateMachineAliasCommandOutput, 'routingConfiguration'>,
  name: string,
): MachineRow {
  const routes = routingConfiguration.map(({ stateMachineVersionArn = '', weight = 0 }) => ({
    version: lastPart(stateMachineVersionArn),
    weight: weight / 100,
  }));
  return { name, routes: routes.toSorted((a, b) => Number(a.version) - Number(b.version)) };
}

const lastPart = (arn: string) => arn.split(':').at(-1) ?? '';
