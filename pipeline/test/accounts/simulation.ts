import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { policy, type Statement } from '../../src/accounts/statements.js';
import type { TrustPolicy } from '../../src/accounts/trust.js';

export type Context = Simulation['request']['contextVariables'];

/** `Allowed`, `ImplicitlyDenied` (nobody has allowed it) or `ExplicitlyDenied`. */
export type Answer = string;

export interface Attempt {
  readonly action: string;
  readonly resource: string;
  readonly context?: Context;
}

/** What somebody may do by their own policies, within their boundary where they have one. */
export interface Actor {
  readonly principal: string;
  readonly statements: readonly Statement[];
  readonly boundary?: readonly Statement[];
}

const accountOf = (arn: string) => arn.split(':')[4] ?? '';

/** What IAM says to an attempt. @param resourcePolicy of the resource: a key's, a bucket's. */
export function answerTo(
  { principal, statements, boundary }: Actor,
  { action, resource, context = {} }: Attempt,
  resourcePolicy?: { owner: string; policy: object },
): Promise<Answer> {
  const accountId = resourcePolicy?.owner ?? (accountOf(resource) || accountOf(principal));
  return evaluated({
    request: { principal, action, resource: { resource, accountId }, contextVariables: context },
    identityPolicies: [{ name: 'own', policy: policy(statements) }],
    ...(boundary && { permissionBoundaryPolicies: [{ name: 'boundary', policy: policy(boundary) }] }),
    ...(resourcePolicy && { resourcePolicy: resourcePolicy.policy }),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  });
}

/** What is left of everything within a boundary. The resource need not be one that the action knows. */
export function withinBoundary(
  boundary: readonly Statement[],
  { principal, action, resource }: { principal: string; action: string; resource: string },
): Answer {
  const everything: Statement = { Effect: 'Allow', Action: ['*'], Resource: ['*'] };
  const simulation: Simulation = {
    request: {
      principal,
      action,
      resource: { resource, accountId: accountOf(principal) },
      contextVariables: {},
    },
    identityPolicies: [{ name: 'everything', policy: policy([everything]) }],
    permissionBoundaryPolicies: [{ name: 'boundary', policy: policy(boundary) }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
  return runUnsafeSimulation(simulation, {});
}

/** Whether a role's trust takes somebody whose own account lets them try. */
export function assume(trust: TrustPolicy, role: string, principal: string): Promise<Answer> {
  return evaluated({
    request: {
      principal,
      action: 'sts:AssumeRole',
      resource: { resource: role, accountId: accountOf(role) },
      contextVariables: { 'aws:PrincipalArn': principal },
    },
    identityPolicies: [
      { name: 'own', policy: policy([{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: ['*'] }]) },
    ],
    resourcePolicy: trust,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  });
}

/**
 * Whether a role's trust takes a token of this issuer with these claims. The simulator knows neither federated principals
 * nor an issuer's keys: a statement that names the issuer's provider, exactly, is given to it with a principal that it
 * knows, and every key of an issuer, the trust's and the token's, as a tag of that principal.
 */
export function assumeWithToken(
  trust: TrustPolicy,
  role: string,
  { issuer, claims }: { issuer: string; claims: Readonly<Record<string, string>> },
): Promise<Answer> {
  const provider = `arn:aws:iam::${accountOf(role)}:oidc-provider/${issuer}`;
  const bearer = `arn:aws:iam::${accountOf(role)}:role/bearer-of-the-token`;
  const Statement = trust.Statement.map((statement) => ({
    ...statement,
    Principal: statement.Principal.Federated === provider ? { AWS: bearer } : statement.Principal,
    Condition: withKeys(
      statement.Condition,
      (values) => withKeys(values, (value) => value, asTag),
      (name) => name,
    ),
  }));
  const token = Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [`${issuer}:${name}`, value]),
  );
  return evaluated({
    request: {
      principal: bearer,
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: { resource: role, accountId: accountOf(role) },
      contextVariables: withKeys(token, (value) => value, asTag),
    },
    identityPolicies: [],
    resourcePolicy: { ...trust, Statement },
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  });
}

const asTag = (key: string) => `aws:PrincipalTag/${key.replaceAll(':', '/')}`;

const withKeys = <V, W>(
  record: Readonly<Record<string, V>>,
  convert: (value: V) => W,
  keyOf: (key: string) => string,
): Record<string, W> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [keyOf(key), convert(value)]));

async function evaluated(simulation: Simulation): Promise<Answer> {
  const result = await runSimulation(simulation, {});
  if (result.resultType === 'error')
    throw new Error(`${simulation.request.action}: ${JSON.stringify(result.errors)}`);
  const ignored = result.resultType === 'single' ? (result.result.ignoredContextKeys ?? []) : [];
  if (ignored.length > 0)
    throw new Error(`IAM knows no ${ignored.join(', ')} for ${simulation.request.action}.`);
  return result.overallResult;
}
