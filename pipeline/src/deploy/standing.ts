import { type CloudFormationClient, GetTemplateCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { AccountClients } from '@shipline/tooling/deploy/changed-stacks';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import { parsedTemplate } from '@shipline/tooling/deploy/parsed-template';
import { areStale } from '@shipline/tooling/deploy/stale-stacks';
import { GateShut } from '../gates/gate.js';
import type { ReleasedStack } from './released-stacks.js';
import { digestIn } from './template-digest.js';

/** How an account has a stack now. */
export type Standing =
  | { readonly kind: 'absent' }
  /** Its creation failed: it can only be deleted. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'changed'; readonly template: unknown };

/**
 * Compares a release's stack with what the account has.
 * @throws {GateShut} when CloudFormation would take no update of it.
 */
export async function standingOf(
  { cloudFormation, parameterStore }: AccountClients,
  { stackName, digest }: ReleasedStack,
): Promise<Standing> {
  const stack = await describeStack(cloudFormation, stackName);
  const status = stack?.StackStatus ?? '';
  // A change set of a stack that was never created leaves this behind.
  if (!stack || status === 'REVIEW_IN_PROGRESS') return { kind: 'absent' };
  if (/^(CREATE_FAILED|ROLLBACK_COMPLETE|ROLLBACK_FAILED)$/.test(status)) return { kind: 'failed' };
  refuseUnsettled(stack);
  const template = await deployedTemplate(cloudFormation, stackName);
  const [stale] = await areStale(parameterStore, [stack]);
  return digestIn(template) === digest && !stale ? { kind: 'unchanged' } : { kind: 'changed', template };
}

export async function deployedTemplate(client: CloudFormationClient, stackName: string): Promise<unknown> {
  const { TemplateBody = '{}' } = await client.send(
    new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }),
  );
  return parsedTemplate(TemplateBody);
}

function refuseUnsettled({ StackName, StackStatus }: Stack): void {
  const status: string = StackStatus ?? '';
  if (/_IN_PROGRESS$/.test(status))
    throw new GateShut(`${StackName} is being changed by somebody else (${StackStatus}): wait for its end.`);
  if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status))
    throw new GateShut(
      `${StackName} is ${StackStatus}, and CloudFormation takes no change of it: docs/delivery.md tells the way out (State).`,
    );
}
