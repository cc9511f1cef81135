import {
  type CloudFormationClient,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import { type EnvironmentName, stackIds, stackName } from '@shipline/infra';
import { describeStack } from './describe-stack.js';

const allStacks = [...stackIds, 'payment-sandbox'] as const;
export type DeployedStackId = (typeof allStacks)[number];

export interface DeployedStack {
  readonly resources: readonly StackResourceSummary[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** The stacks of one environment as CloudFormation tells them. */
export class DeployedStacks {
  constructor(private readonly stacks: ReadonlyMap<DeployedStackId, DeployedStack>) {}

  /** Those of `wanted` that are not deployed. */
  missing(wanted: readonly DeployedStackId[]): DeployedStackId[] {
    return wanted.filter((id) => !this.stacks.has(id));
  }

  /** An output of a stack; empty where there is none. */
  output(stack: DeployedStackId, name: string): string {
    return this.stacks.get(stack)?.outputs[name] ?? '';
  }

  /** Physical id of a stack's first resource of this type; empty where there is none. */
  physicalId(stack: DeployedStackId, type: string): string {
    return this.ofType(type).find(({ stack: owner }) => owner === stack)?.physicalId ?? '';
  }

  /** Every resource of this type, with the stack that it belongs to. */
  ofType(type: string): { stack: DeployedStackId; logicalId: string; physicalId: string }[] {
    return [...this.stacks].flatMap(([stack, { resources }]) =>
      resources
        .filter(({ ResourceType }) => ResourceType === type)
        .map(({ LogicalResourceId: logicalId = '', PhysicalResourceId: physicalId = '' }) => ({
          stack,
          logicalId,
          physicalId,
        })),
    );
  }
}

/** The stacks that an environment consists of; prod has no sandbox. */
export const stacksOf = (gateway: 'sandbox' | 'stripe'): readonly DeployedStackId[] =>
  allStacks.filter((id) => id !== 'payment-sandbox' || gateway === 'sandbox');

/** Asks CloudFormation about these stacks; those that it does not know are missing from the answer. */
export async function readStacks(
  client: CloudFormationClient,
  environment: EnvironmentName,
  wanted: readonly DeployedStackId[],
): Promise<DeployedStacks> {
  const read = await Promise.all(
    wanted.map(async (id) => [id, await readStack(client, stackName(environment, id))] as const),
  );
  return new DeployedStacks(new Map(read.flatMap(([id, stack]) => (stack ? [[id, stack]] : []))));
}

async function readStack(client: CloudFormationClient, name: string): Promise<DeployedStack | undefined> {
  const stack = await describeStack(client, name);
  if (stack === undefined) return undefined;
  const outputs = (stack.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
    OutputKey && OutputValue !== undefined ? [[OutputKey, OutputValue] as const] : [],
  );
  const resources: StackResourceSummary[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: name }))
    resources.push(...(page.StackResourceSummaries ?? []));
  return { resources, outputs: Object.fromEntries(outputs) };
}
