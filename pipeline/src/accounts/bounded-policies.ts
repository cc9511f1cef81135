import { accept, type NagFinding, reasons } from '@shipline/infra/nag';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { packed, policy, type Statement } from './statements.js';

const ofOneEnvironment =
  'The services of one environment: their names begin alike, and the account is no other environment’s.';

interface RoleProps {
  readonly roleName: string;
  readonly description: string;
  readonly trust: object;
  readonly statements: readonly Statement[];
  /** How long somebody may keep it. */
  readonly sessionSeconds?: number;
}

/** A role whose policy is its own: nobody attaches another without being seen. */
export function roleWith(
  scope: Construct,
  id: string,
  { roleName, description, trust, statements, sessionSeconds = 3_600 }: RoleProps,
) {
  const role = new CfnRole(scope, id, {
    roleName,
    description,
    assumeRolePolicyDocument: trust,
    policies: [{ policyName: 'own-work', policyDocument: policy(statements) }],
    maxSessionDuration: sessionSeconds,
  });
  acceptWildcards(role, statements);
  return role;
}

interface PackedProps extends Omit<RoleProps, 'statements'> {
  readonly policyName: string;
  /** What must be in the role whatever else is: the denials. */
  readonly guard: readonly Statement[];
  readonly statements: readonly Statement[];
}

/** A role that is allowed more than fits into it: in as many managed policies as it takes, named by number. */
export function roleWithPolicies(scope: Construct, id: string, props: PackedProps) {
  const policies = packed(props.statements).map((statements, index) => {
    const managed = new CfnManagedPolicy(scope, `${id}Policy${index + 1}`, {
      managedPolicyName: `${props.policyName}-${index + 1}`,
      description: `${props.description} (${index + 1})`,
      policyDocument: policy(statements),
    });
    acceptWildcards(managed, statements);
    return managed;
  });
  const role = roleWith(scope, id, { ...props, statements: props.guard });
  role.managedPolicyArns = policies.map(({ ref }) => ref);
  return role;
}

/** Each finding by its own name: what is not in these statements is still found. */
export function acceptWildcards(construct: Construct, statements: readonly Statement[]): void {
  for (const { Effect, Action, Resource } of statements) {
    if (Effect === 'Deny') continue;
    for (const [kind, values] of [
      ['Resource', Resource],
      ['Action', Action],
    ] as const)
      for (const value of values.filter((text) => text.includes('*'))) {
        const finding: NagFinding = `AwsSolutions-IAM5[${kind}::${value}]`;
        accept(construct, { [finding]: value === '*' ? reasons.noResources : ofOneEnvironment });
      }
  }
}
