import {
  type CloudFormationClient,
  SetStackPolicyCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { type Environment, stackPolicy } from '@shipline/infra';

/**
 * Where state must not be lost: nobody deletes the stack, and no update of it replaces or deletes state. SAM sets
 * neither, so they are put with every deployment.
 */
export async function protect(
  client: CloudFormationClient,
  { protectsState }: Pick<Environment, 'protectsState'>,
  stackName: string,
): Promise<void> {
  if (!protectsState) return;
  await client.send(
    new UpdateTerminationProtectionCommand({ StackName: stackName, EnableTerminationProtection: true }),
  );
  await client.send(
    new SetStackPolicyCommand({ StackName: stackName, StackPolicyBody: JSON.stringify(stackPolicy) }),
  );
}
