import type { CfnResource } from 'aws-cdk-lib';
import type { CfnPolicy, Role } from 'aws-cdk-lib/aws-iam';

/**
 * The CDK lets a function or state machine depend on its role and on the role's policy. The first is implied by
 * its properties, which cfn-lint reports (W3005); the second must stay, or it could run before it may.
 */
export function dependOnPolicyOnly(resource: CfnResource, role: Role): void {
  resource.addOverride('DependsOn', [policyOf(role).logicalId]);
}

/** What a role may do, as a resource of its own: the role is there before it. */
export const policyOf = (role: Role) => role.node.findChild('DefaultPolicy').node.defaultChild as CfnPolicy;
