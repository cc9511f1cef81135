import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { tokenKeyFile } from '@shipline/local-cloud';
import { type Outputs, readOutputs } from '@shipline/tooling/deploy/outputs';
import { deployedTargetOf, type Target } from '@shipline/tooling/deploy/target';
import { toolEnvironment } from '@shipline/tooling/process';
import { type GateContext, GateShut } from './gate.js';

export interface DeployedEnvironment {
  readonly target: Target;
  readonly outputs: Outputs;
}

/** What a gate's stage has deployed; this process's AWS settings point there afterwards. */
export async function deployedEnvironment({
  environment,
  progress,
}: GateContext): Promise<DeployedEnvironment> {
  if (!environment) throw new GateShut('This gate asks a deployed environment: say which by `--env`.');
  const target = await deployedTargetOf(environment, progress.note);
  return { target, outputs: await readOutputs(new CloudFormationClient({ maxAttempts: 3 }), target) };
}

/** What a test of the environment is told. */
export async function environmentVariables(
  context: GateContext,
): Promise<Record<string, string | undefined>> {
  const { target, outputs } = await deployedEnvironment(context);
  return toolEnvironment({
    SHIPLINE_OUTPUTS: JSON.stringify(outputs),
    // Only the local cloud hands its signing key to who asks for it.
    ...(target.local && { SHIPLINE_TOKEN_KEY: tokenKeyFile(target.local.stateDir, outputs.userPoolId) }),
  });
}
