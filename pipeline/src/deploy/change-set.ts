import {
  type Change,
  type CloudFormationClient,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type ExecutionStatus,
  paginateListChangeSets,
} from '@aws-sdk/client-cloudformation';
import { delivery } from '../delivery.js';
import type { PlannedChange } from './plan-file.js';

/** Every change of a change set, in the order of logical ids. */
export async function changesOf(client: CloudFormationClient, arn: string): Promise<PlannedChange[]> {
  const changes: Change[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeChangeSetCommand({ ChangeSetName: arn, ...(NextToken && { NextToken }) }),
    );
    changes.push(...(page.Changes ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return changes.flatMap(plannedChange).sort(byResource);
}

/** What creating a stack adds, as its template tells. */
export function additionsOf(template: unknown): PlannedChange[] {
  const { Resources = {} } = template as { Resources?: Record<string, { Type: string }> };
  return Object.entries(Resources)
    .map(([resource, { Type }]) => ({ action: 'Add' as const, resource, type: Type, properties: [] }))
    .sort(byResource);
}

/** After this nobody can approve or execute any more what was planned: an approval is answered by then, or never. */
const lastingMs = Math.max(...delivery.stages.map(({ approval }) => approval?.hours ?? 0)) * 3_600_000;

/**
 * Removes change sets that were planned and never executed, once nobody waits for them any more. Younger ones may be another
 * release's, which is being deployed while this one is planned; CloudFormation itself removes them when it executes one.
 */
export async function dropOldChangeSets(
  client: CloudFormationClient,
  stackName: string,
  now = new Date(),
): Promise<void> {
  const isOld = (made: Date | undefined) => made !== undefined && now.getTime() - made.getTime() > lastingMs;
  for await (const { Summaries = [] } of paginateListChangeSets({ client }, { StackName: stackName }))
    for (const { ChangeSetId, ExecutionStatus, CreationTime } of Summaries)
      if (ChangeSetId && ExecutionStatus !== 'EXECUTE_IN_PROGRESS' && isOld(CreationTime))
        await client.send(new DeleteChangeSetCommand({ ChangeSetName: ChangeSetId }));
}

/** Whether it can still be executed. */
export const isAvailable = async (client: CloudFormationClient, arn: string): Promise<boolean> =>
  (await executionOf(client, arn)) === 'AVAILABLE';

/** How far the execution of a change set is; undefined where there is no such change set any more. */
export async function executionOf(
  client: CloudFormationClient,
  arn: string,
): Promise<ExecutionStatus | undefined> {
  try {
    const { ExecutionStatus } = await client.send(new DescribeChangeSetCommand({ ChangeSetName: arn }));
    return ExecutionStatus;
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('ChangeSetNotFound')) return undefined;
    throw error;
  }
}

function plannedChange({ ResourceChange }: Change): PlannedChange[] {
  if (!ResourceChange) return [];
  const { Action, LogicalResourceId = '', ResourceType = '', Replacement, Details = [] } = ResourceChange;
  const targets = Details.map(({ Target }) => Target?.Name ?? Target?.Attribute ?? '');
  return [
    {
      action: Action as PlannedChange['action'],
      resource: LogicalResourceId,
      type: ResourceType,
      ...(Action === 'Modify' && { replacement: Replacement ?? 'Conditional' }),
      properties: [...new Set(targets.filter(Boolean))].sort(),
    },
  ];
}

export const byResource = (a: PlannedChange, b: PlannedChange) =>
  a.resource < b.resource ? -1 : Number(a.resource > b.resource);
