import { artifactBucketName } from '@shipline/infra';
import { executionRoleName, releaseBucketName, signingProfileName } from '../../src/accounts/names.js';
import { everywhere, here, type RolePlace, roleArn } from '../../src/accounts/places.js';
import type { ArtifactPrefix } from '../../src/deploy/artifact-prefix.js';
import type { Attempt } from '../accounts/simulation.js';
import type { Call } from './calls.js';

/** Operations that IAM calls otherwise, or that need the permissions of several. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  'cognito-idp:InitiateAuth': [],
  'cognito-idp:SignUp': [],
  'sts:GetCallerIdentity': [],
  'dynamodb:BatchGet': ['dynamodb:BatchGetItem'],
  'dynamodb:BatchWrite': ['dynamodb:BatchWriteItem'],
  'dynamodb:Delete': ['dynamodb:DeleteItem'],
  'dynamodb:Get': ['dynamodb:GetItem'],
  'dynamodb:Put': ['dynamodb:PutItem'],
  'lambda:Invoke': ['lambda:InvokeFunction'],
  's3:CopyObject': ['s3:GetObject', 's3:PutObject'],
  's3:DeleteObjects': ['s3:DeleteObject'],
  's3:HeadBucket': ['s3:ListBucket'],
  // Who may not list is told of a forbidden, not of an absent one.
  's3:HeadObject': ['s3:GetObject', 's3:ListBucket'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  'signer:StartSigningJob': [
    'signer:StartSigningJob',
    's3:GetObjectVersion',
    's3:PutObject',
    's3:ListBucket',
  ],
};

/** What a call attempts in an environment, for a job that may write below this prefix of the account's bucket. */
export function attemptsOf(call: Call, place: RolePlace, prefix: ArtifactPrefix): Attempt[] {
  const name = `${call.service}:${call.operation}`;
  return (actionsOf[name] ?? [name]).flatMap((action) =>
    action.startsWith('s3:')
      ? inBucket(action, call, place, prefix)
      : [{ action, ...onResource(action, place) }],
  );
}

/** By modules, because all buckets are asked alike. */
const buckets: Readonly<Record<string, 'artifacts' | 'site' | 'releases'>> = {
  'pipeline/src/contracts/published.ts': 'site',
  'pipeline/src/deploy/bucket-releases.ts': 'releases',
  'pipeline/src/deploy/sam-stack.ts': 'artifacts',
  'pipeline/src/deploy/sign-package.ts': 'artifacts',
  'tooling/src/deploy/artifact-bucket.ts': 'artifacts',
  'tooling/src/storefront/history-file.ts': 'site',
  'tooling/src/storefront/site.ts': 'site',
};

function inBucket(action: string, { module }: Call, place: RolePlace, prefix: ArtifactPrefix): Attempt[] {
  const { environment, account, region, toolsAccount } = place;
  const kind = buckets[module];
  if (!kind) throw new Error(`Nobody has said which bucket ${module} means: ${import.meta.filename}.`);
  const bucket = {
    artifacts: artifactBucketName(place),
    site: `shipline-${environment}-site-${account}-${region}`,
    releases: releaseBucketName(toolsAccount, region),
  }[kind];
  const key = {
    artifacts: `${prefix}/orders/0123`,
    site: 'api/openapi.json',
    releases: 'releases/1/code.zip',
  }[kind];
  const ofObject = action !== 's3:ListBucket';
  const context: Attempt['context'] =
    action === 's3:PutObject' && kind === 'releases' ? { 's3:if-none-match': '*' } : {};
  const attempt = { action, resource: `arn:aws:s3:::${bucket}${ofObject ? `/${key}` : ''}`, context };
  // CloudFront reads the site: it has no key of its own.
  return ofObject && kind !== 'site' ? [attempt, withKey(action, kind, place)] : [attempt];
}

function withKey(action: string, kind: 'artifacts' | 'releases', place: RolePlace): Attempt {
  const account = kind === 'releases' ? place.toolsAccount : place.account;
  return {
    action: action === 's3:PutObject' ? 'kms:GenerateDataKey' : 'kms:Decrypt',
    resource: here({ ...place, account }, 'kms', `key/${kind}`),
    context: { 'kms:ResourceAliases': [`alias/shipline-${kind}`] },
  };
}

/** Actions whose calls name no resource here, although they could. */
const ofNothing =
  /^(cloudwatch|xray):|^logs:(GetQueryResults|DescribeQueryDefinitions)$|^cloudformation:GetTemplateSummary$/;

function onResource(action: string, place: RolePlace): Omit<Attempt, 'action'> {
  if (ofNothing.test(action) || knowNoResource.includes(action)) return { resource: '*' };
  const [service = ''] = action.split(':');
  const found = { ...resourcesOf(place), ...withContext(place) };
  const one = found[action] ?? found[service];
  if (one) return typeof one === 'string' ? { resource: one } : one;
  throw new Error(`Nobody has said what ${action} is done to: ${import.meta.filename}.`);
}

const knowNoResource = ['codedeploy:BatchGetDeploymentTargets', 'codedeploy:ListDeploymentTargets'];

type Resources = Readonly<Record<string, string | Omit<Attempt, 'action'>>>;

/** By action, or by service: something that an environment has. */
function resourcesOf(place: RolePlace): Resources {
  const own = `shipline-${place.environment}`;
  const tools = { ...place, account: place.toolsAccount };
  return {
    cloudformation: here(place, 'cloudformation', `stack/${own}-orders/1`),
    cloudfront: everywhere(place, 'cloudfront', 'distribution/E1'),
    codedeploy: here(place, 'codedeploy', `deploymentgroup:${own}-orders/api`),
    dynamodb: here(place, 'dynamodb', `table/${own}-orders`),
    lambda: here(place, 'lambda', `function:${own}-orders-api`),
    logs: here(place, 'logs', `log-group:/aws/lambda/${own}-orders-api`),
    secretsmanager: here(place, 'secretsmanager', `secret:${own}-payment-gateway-AbCdEf`),
    signer: here(place, 'signer', '/signing-jobs/1'),
    'signer:StartSigningJob': here(tools, 'signer', `/signing-profiles/${signingProfileName}`),
    sqs: here(place, 'sqs', `${own}-notifications-on-order-confirmed`),
    ssm: here(place, 'ssm', `parameter/shipline/${place.environment}/orders/x`),
    states: here(place, 'states', `execution:${own}-checkout:ord_1`),
  };
}

/** Where a policy asks about more than the resource. */
function withContext(place: RolePlace): Resources {
  const execution = roleArn(place.account, executionRoleName(place.environment));
  const stack = here(place, 'cloudformation', `stack/shipline-${place.environment}-orders/1`);
  return {
    'cloudformation:CreateChangeSet': { resource: stack, context: { 'cloudformation:RoleArn': execution } },
    'iam:PassRole': {
      resource: execution,
      context: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
    },
    kms: {
      resource: here({ ...place, account: place.toolsAccount }, 'kms', 'key/release'),
      context: { 'kms:ResourceAliases': ['alias/shipline-release'] },
    },
  };
}
