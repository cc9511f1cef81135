import { boundaryName } from '@shipline/infra';
import {
  buildRoleName,
  type DeliveredEnvironment,
  executionRoleName,
  releaseKeyAlias,
  roleName,
} from './names.js';

/** What somebody is told of, as CloudTrail writes it down. */
export interface WatchedAct {
  /** Of its metric and its alarm. */
  readonly name: string;
  /** The same as a logical id. */
  readonly id: string;
  /** A filter pattern of CloudWatch Logs. */
  readonly pattern: string;
  /** What it means that it rings, in a sentence or two. */
  readonly meaning: string;
}

const anyOf = (field: string, values: readonly string[]) =>
  `(${values.map((value) => `($.${field} = "${value}")`).join(' || ')})`;

const trailChanges: WatchedAct = {
  name: 'trail-changed',
  id: 'TrailChanged',
  pattern: `{ ($.eventSource = "cloudtrail.amazonaws.com") && ${anyOf('eventName', ['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'])} }`,
  meaning:
    'Somebody stopped or changed the record of this account. No release and no bootstrap without changes does that.',
};

/** A refused attempt to take one of our roles: a release has no reason for one. */
const refusals = (prefix: string): WatchedAct => ({
  name: 'role-refused',
  id: 'RoleRefused',
  pattern: `{ ($.eventSource = "sts.amazonaws.com") && ($.eventName = "AssumeRole*") && ($.requestParameters.roleArn = "*:role/${prefix}-*") && ($.errorCode = "*") }`,
  meaning: 'Somebody tried to take a role of the pipeline that does not trust them.',
});

const roleChanges = (names: readonly string[]): WatchedAct => ({
  name: 'role-changed',
  id: 'RoleChanged',
  pattern: `{ ($.eventSource = "iam.amazonaws.com") && ${anyOf('eventName', ['UpdateAssumeRolePolicy', 'AttachRolePolicy', 'DetachRolePolicy', 'PutRolePolicy', 'DeleteRolePolicy'])} && ${anyOf('requestParameters.roleName', names)} }`,
  meaning: 'The trust or the rights of a role of the pipeline changed. Only `pnpm bootstrap` does that.',
});

/** What rings in an environment's account. */
export function actsInEnvironment(environment: DeliveredEnvironment): WatchedAct[] {
  const roles = [
    ...(['plan', 'deploy', 'test'] as const).map((role) => roleName(environment, role)),
    executionRoleName(environment),
  ];
  return [
    {
      name: 'deploy-role-taken',
      id: 'DeployRoleTaken',
      pattern: `{ ($.eventSource = "sts.amazonaws.com") && ($.eventName = "AssumeRole*") && ($.requestParameters.roleArn = "*:role/${roleName(environment, 'deploy')}") && ($.errorCode NOT EXISTS) }`,
      meaning: `Somebody deploys to ${environment}: each release does, once. Without a release that was let through, it is an intruder.`,
    },
    refusals(`shipline-${environment}`),
    {
      name: 'boundary-changed',
      id: 'BoundaryChanged',
      pattern: `{ ($.eventSource = "iam.amazonaws.com") && (${anyOf('eventName', ['DeleteRolePermissionsBoundary', 'DeleteUserPermissionsBoundary'])} || (($.requestParameters.policyArn = "*:policy/${boundaryName(environment)}") && ${anyOf('eventName', ['CreatePolicyVersion', 'SetDefaultPolicyVersion', 'DeletePolicy', 'DeletePolicyVersion'])})) }`,
      meaning:
        'The permissions boundary was taken from a role, or changed. Only `pnpm bootstrap` changes it.',
    },
    roleChanges(roles),
    trailChanges,
  ];
}

/** What rings in the account that owns the pipeline. */
export const actsInTools: readonly WatchedAct[] = [
  {
    name: 'approval-given',
    id: 'ApprovalGiven',
    pattern: '{ ($.eventSource = "codepipeline.amazonaws.com") && ($.eventName = "PutApprovalResult") }',
    meaning:
      'Somebody has answered an approval of the pipeline: the people who approve know of it, or it was not they.',
  },
  refusals('shipline-tools'),
  {
    name: 'release-key-changed',
    id: 'ReleaseKeyChanged',
    pattern: `{ ($.eventSource = "kms.amazonaws.com") && ${anyOf('eventName', ['PutKeyPolicy', 'DisableKey', 'ScheduleKeyDeletion', 'CreateGrant', 'UpdateAlias', 'DeleteAlias'])} }`,
    meaning: `The policy, the state or the alias of a key changed in the account of ${releaseKeyAlias}, which signs releases.`,
  },
  roleChanges([buildRoleName]),
  trailChanges,
];
