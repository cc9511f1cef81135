import { EnvironmentError } from '@shipline/infra';
import type { JobRole } from '../delivery/stage.js';
import { delivery } from '../delivery.js';
import { type DeliveredEnvironment, runnerRoleName } from './names.js';
import { audience, type GithubRepository, githubIssuer, githubSubject, gitlabSubject } from './oidc.js';
import { everywhere, roleArn } from './places.js';

/** The one engine whose jobs may take the roles. */
export type TrustedEngine =
  | { readonly kind: 'codepipeline' }
  | ({ readonly kind: 'github' } & GithubRepository)
  | { readonly kind: 'gitlab'; readonly project: string };

export const gitlabIssuer = 'gitlab.com';
export const issuerOf = { github: githubIssuer, gitlab: gitlabIssuer } as const;

interface Trusting {
  /** The account that the role is in. */
  readonly account: string;
  readonly toolsAccount: string;
  /** Undefined for the build. */
  readonly environment: DeliveredEnvironment | undefined;
  readonly role: JobRole;
}

export interface TrustStatement {
  readonly Effect: 'Allow';
  readonly Principal: Readonly<Partial<Record<'AWS' | 'Federated' | 'Service', string>>>;
  readonly Action: string;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly TrustStatement[];
}

/** Who may assume a role, as a trust policy says it. */
export function trustOf(engine: TrustedEngine, trusting: Trusting): TrustPolicy {
  return { Version: '2012-10-17', Statement: [statementFor(engine, trusting)] };
}

function statementFor(
  engine: TrustedEngine,
  { account, toolsAccount, environment, role }: Trusting,
): TrustStatement {
  if (engine.kind !== 'codepipeline') {
    const issuer = issuerOf[engine.kind];
    return {
      Effect: 'Allow',
      Principal: { Federated: everywhere({ account }, 'iam', `oidc-provider/${issuer}`) },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${issuer}:aud`]: audience,
          [`${issuer}:sub`]: subjectOf(engine, environment, role),
        },
      },
    };
  }
  if (environment === undefined || role === 'build')
    return {
      Effect: 'Allow',
      Principal: { Service: 'codebuild.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    };
  return {
    Effect: 'Allow',
    // The role that runs the jobs comes later, with the pipeline: a trust that names it would be refused before.
    Principal: { AWS: everywhere({ account: toolsAccount }, 'iam', 'root') },
    Action: 'sts:AssumeRole',
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': roleArn(toolsAccount, runnerRoleName(environment, role)) },
    },
  };
}

function subjectOf(
  engine: Exclude<TrustedEngine, { kind: 'codepipeline' }>,
  environment: DeliveredEnvironment | undefined,
  role: JobRole,
): string {
  if (engine.kind === 'github') return githubSubject(engine, environment, role);
  return gitlabSubject(engine.project, delivery.source.branch, environment, role);
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads `SHIPLINE_ENGINE` (`codepipeline`, the default, or `github:owner/name`, or `gitlab:group/name`) and
 * `SHIPLINE_GITHUB_IDS` (`<owner's id>/<repository's id>`), with which GitHub's subjects are immutable.
 * @throws {EnvironmentError}
 */
export function engineFrom(variables: Variables): TrustedEngine {
  const text = variables['SHIPLINE_ENGINE'] || 'codepipeline';
  const [kind, path = ''] = text.split(':');
  if (text === 'codepipeline') return { kind: 'codepipeline' };
  if (kind === 'gitlab' && isProject(path)) return { kind, project: path };
  if (kind === 'github' && /^[\w.-]+\/[\w.-]+$/.test(path))
    return { kind, repository: path, ...idsFrom(variables['SHIPLINE_GITHUB_IDS']) };
  throw new EnvironmentError(
    `Set SHIPLINE_ENGINE to codepipeline, github:owner/name or gitlab:group/name, not '${text}'.`,
  );
}

/** GitLab's projects stand in groups of groups. */
const isProject = (path: string) =>
  path.includes('/') && path.split('/').every((part) => /^[\w.-]+$/.test(part));

function idsFrom(text: string | undefined) {
  if (!text) return {};
  const [, owner, repository] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (owner && repository) return { ids: { owner, repository } };
  throw new EnvironmentError(
    `Set SHIPLINE_GITHUB_IDS to the numbers of owner and repository, <owner>/<repository>, not '${text}'.`,
  );
}

/** The role of the build is in the tools account, and nothing else may take it. */
export const buildTrust = (engine: TrustedEngine, toolsAccount: string) =>
  trustOf(engine, { account: toolsAccount, toolsAccount, environment: undefined, role: 'build' });
