import { artifactBucketName } from '@shipline/infra';
import type { ArtifactPrefix } from '../deploy/artifact-prefix.js';
import { bootstrapStackName, executionRoleName, releaseBucketName, signingProfileName } from './names.js';
import { everywhere, here, type Place, type RolePlace, roleArn } from './places.js';
import { actions, allow, deny, type Statement } from './statements.js';

const stacks = (place: Place) => [here(place, 'cloudformation', `stack/shipline-${place.environment}-*`)];

/** Prod's code is signed by who deploys it, by the tools account's profile. */
export const signs = ({ environment, region, account, toolsAccount }: RolePlace): Statement[] =>
  environment === 'prod'
    ? [
        allow(actions('signer', 'StartSigningJob GetSigningProfile'), [
          here({ region, account: toolsAccount }, 'signer', `/signing-profiles/${signingProfileName}`),
        ]),
        allow(actions('signer', 'DescribeSigningJob'), [
          here({ region, account }, 'signer', '/signing-jobs/*'),
        ]),
      ]
    : [];

/**
 * Makes change sets, which CloudFormation would execute with its own role and no other.
 * @param prefix Where in the account's bucket it writes: code is deployed from below `deploy/` only.
 */
export function planning(place: Place, prefix: ArtifactPrefix): Statement[] {
  const executionRole = roleArn(place.account, executionRoleName(place.environment));
  const bucket = `arn:aws:s3:::${artifactBucketName(place)}`;
  return [
    allow(['cloudformation:CreateChangeSet'], stacks(place), {
      StringEquals: { 'cloudformation:RoleArn': executionRole },
    }),
    allow(
      ['cloudformation:CreateChangeSet'],
      [`arn:aws:cloudformation:${place.region}:aws:transform/Serverless-2016-10-31`],
    ),
    allow(actions('cloudformation', 'DescribeChangeSet ListChangeSets DeleteChangeSet'), stacks(place)),
    // SAM asks for the summary of a template that is no stack yet.
    allow(actions('cloudformation', 'GetTemplateSummary ValidateTemplate'), ['*']),
    allow(['iam:PassRole'], [executionRole], {
      StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
    }),
    allow(actions('s3', 'ListBucket GetBucketLocation'), [bucket]),
    // SAM asks for the tags of what it lets Signer sign, because the answer names the version.
    allow(actions('s3', 'GetObject GetObjectVersion GetObjectTagging PutObject AbortMultipartUpload'), [
      `${bucket}/${prefix}/*`,
    ]),
    allow(actions('kms', 'Decrypt GenerateDataKey'), [here(place, 'kms', 'key/*')], {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/shipline-artifacts' },
    }),
  ];
}

/** The bootstrap's own stack has a name like the shop's, and is an administrator's: no job does more than look at it. */
export const sparesTheBootstrap = (place: Place): Statement =>
  deny(
    actions(
      'cloudformation',
      'Cancel* Continue* Create* Delete* Execute* Import* Record* Rollback* Set* Signal* Tag* Untag* Update*',
    ),
    [here(place, 'cloudformation', `stack/${bootstrapStackName(place.environment)}/*`)],
  );

/** Executes what was planned, and publishes what is in no stack: the storefront, and our webhook at the gateway. */
export function deploying(place: Place): Statement[] {
  const own = `shipline-${place.environment}`;
  return [
    allow(
      actions(
        'cloudformation',
        'ExecuteChangeSet SetStackPolicy UpdateTerminationProtection ContinueUpdateRollback DeleteStack',
      ),
      stacks(place),
    ),
    allow(actions('s3', 'ListBucket'), [`arn:aws:s3:::${own}-site-*`]),
    allow(actions('s3', 'GetObject PutObject DeleteObject'), [`arn:aws:s3:::${own}-site-*/*`]),
    allow(actions('cloudfront', 'CreateInvalidation GetInvalidation ListInvalidations'), [
      everywhere(place, 'cloudfront', 'distribution/*'),
    ]),
    allow(actions('secretsmanager', 'GetSecretValue PutSecretValue'), [
      here(place, 'secretsmanager', `secret:${own}-payment-gateway-*`),
    ]),
  ];
}

/** Releases are added and read, never removed. */
export function keeping({ region, toolsAccount }: RolePlace): Statement[] {
  const bucket = `arn:aws:s3:::${releaseBucketName(toolsAccount, region)}`;
  return [
    allow(actions('s3', 'ListBucket'), [bucket]),
    allow(actions('s3', 'GetObject PutObject'), [`${bucket}/*`]),
    allow(
      actions('kms', 'Decrypt GenerateDataKey'),
      [here({ region, account: toolsAccount }, 'kms', 'key/*')],
      {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/shipline-releases' },
      },
    ),
  ];
}
