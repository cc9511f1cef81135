import { isState } from '@shipline/infra';
import type { DeployedStackId } from '@shipline/tooling/deploy/deployed-stacks';
import { GateShut } from '../gates/gate.js';
import type { PlannedChange, PlannedStack } from './plan-file.js';

type Affected = Pick<PlannedStack, 'id' | 'stackName' | 'changes'>;

/** Losses of state in a plan, one sentence each. */
export const lossesOfState = (stacks: readonly Affected[]): string[] =>
  stacks.flatMap(({ id, stackName, changes }) =>
    changes
      .filter(({ type }) => isState(id as DeployedStackId, type))
      .flatMap((change) => (loses(change) ? [`${stackName} would ${lossOf(change)}`] : [])),
  );

/** What may turn out to be a replacement of state only while it is done; the stack's policy refuses it then. */
export const doubtsAboutState = (stacks: readonly Affected[]): string[] =>
  stacks.flatMap(({ id, stackName, changes }) =>
    changes
      .filter(
        ({ type, replacement }) => isState(id as DeployedStackId, type) && replacement === 'Conditional',
      )
      .map(
        ({ resource, type, properties }) =>
          `${stackName} may replace ${resource} (${type}, ${properties.join(', ')})`,
      ),
  );

/** @throws {GateShut} naming what would be lost. */
export function refuseLossOfState(stacks: readonly Affected[]): void {
  const losses = lossesOfState(stacks);
  if (losses.length > 0)
    throw new GateShut(
      `State would be lost: ${losses.join('; ')}. Expand first, then contract: docs/delivery.md tells how (State).`,
    );
}

/**
 * Properties whose change is a replacement: change sets call that of keys a condition, and what is told from templates
 * alone (template-changes.ts) calls all so. Whatever is missing here is a doubt in the plan, and the stack's policy refuses it.
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::GlobalTable': ['KeySchema', 'TableName'],
  'AWS::DynamoDB::Table': ['KeySchema', 'TableName'],
  'AWS::Events::Archive': ['ArchiveName', 'SourceArn'],
  'AWS::S3::Bucket': ['BucketName'],
  'AWS::SES::EmailIdentity': ['EmailIdentity'],
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::SecretsManager::Secret': ['Name'],
};

const loses = ({ action, replacement, type, properties }: PlannedChange) =>
  action === 'Remove' ||
  replacement === 'True' ||
  properties.some((name) => action === 'Modify' && replacing[type]?.includes(name));

const lossOf = ({ action, resource, type, properties }: PlannedChange) =>
  action === 'Remove'
    ? `delete ${resource} (${type})`
    : `replace ${resource} (${type}), because ${properties.join(', ')} ${properties.length === 1 ? 'changes' : 'change'}`;
