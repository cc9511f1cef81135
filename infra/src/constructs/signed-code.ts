import { CfnCodeSigningConfig, type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { ShiplineStack } from '../shipline-stack.js';

/**
 * Where the environment names a signing profile, Lambda refuses every zip that it has not signed, whoever uploads it.
 * One configuration serves all functions of a stack.
 */
export function runSignedCodeOnly(lambda: CfnFunction): void {
  const stack = ShiplineStack.of(lambda);
  const { signingProfileArn, name } = stack.environmentData;
  if (signingProfileArn === undefined) return;
  const id = 'SignedCode';
  const known = stack.node.tryFindChild(id);
  const config =
    known instanceof CfnCodeSigningConfig
      ? known
      : new CfnCodeSigningConfig(stack, id, {
          description: `Code of ${name} is what its pipeline signed`,
          allowedPublishers: { signingProfileVersionArns: [signingProfileArn] },
          codeSigningPolicies: { untrustedArtifactOnDeployment: 'Enforce' },
        });
  lambda.codeSigningConfigArn = config.attrCodeSigningConfigArn;
}
