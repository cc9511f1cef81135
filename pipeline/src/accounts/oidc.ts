import type { JobRole } from '../delivery/stage.js';
import { buildEnvironment, type DeliveredEnvironment, deploymentEnvironment } from './names.js';

/** What tokens for AWS are made out to; a trust policy asks for it with `StringEquals`. */
export const audience = 'sts.amazonaws.com';
export const githubIssuer = 'token.actions.githubusercontent.com';

/** A repository on GitHub; with ids its subjects are immutable, as GitHub makes them for repositories since July 2026. */
export interface GithubRepository {
  /** `owner/name` */
  readonly repository: string;
  readonly ids?: { readonly owner: string; readonly repository: string };
}

/** The one subject that may assume a role from GitHub Actions, for example `repo:o/r:environment:prod`. */
export const githubSubject = (
  { repository, ids }: GithubRepository,
  environment: DeliveredEnvironment | undefined,
  role: JobRole,
) => `repo:${ids ? withIds(repository, ids) : repository}:environment:${placeOf(environment, role)}`;

/** `o@1/r@2`: a new owner of an old name has other ids. */
function withIds(name: string, ids: NonNullable<GithubRepository['ids']>): string {
  const [owner = '', repository = ''] = name.split('/');
  return `${owner}@${ids.owner}/${repository}@${ids.repository}`;
}

const placeOf = (environment: DeliveredEnvironment | undefined, role: JobRole) =>
  environment === undefined || role === 'build' ? buildEnvironment : deploymentEnvironment(environment, role);

/** What GitLab's `sub` is made of here; set once per project (docs/delivery.md), its default knows no environment. */
export const gitlabSubjectComponents = [
  'project_path',
  'ref_type',
  'ref',
  'environment_protected',
  'deployment_tier',
] as const;

export type GitlabTier = 'development' | 'staging' | 'production' | 'testing' | 'other';

/**
 * GitLab's subjects know tiers, five of them, and no names of environments. Each deploy role has its tier alone, so that
 * no job can deploy to prod without prod's approval, and so has the build, so that no other job can sign a release. The
 * jobs that plan and those that test, which bring nothing into an account, share the fifth.
 */
export function gitlabTier(environment: DeliveredEnvironment | undefined, role: JobRole): GitlabTier {
  if (environment === undefined || role === 'build') return 'other';
  if (role !== 'deploy') return 'testing';
  return ({ dev: 'development', staging: 'staging', prod: 'production' } as const)[environment];
}

/** The one subject that may assume a role from GitLab CI: of this branch, in a protected environment of this tier. */
export const gitlabSubject = (
  project: string,
  branch: string,
  environment: DeliveredEnvironment | undefined,
  role: JobRole,
) =>
  `project_path:${project}:ref_type:branch:ref:${branch}:environment_protected:true:deployment_tier:${gitlabTier(environment, role)}`;
