import { artifactBucketName } from '@shipline/infra';
import type { EnvironmentRole } from './names.js';
import { executionRoleName, releaseBucketName, releaseKeyAlias, signingProfileName } from './names.js';
import { everywhere, here, type Place, roleArn } from './places.js';
import { allow, type Statement } from './statements.js';

/** An environment's place, and the account that owns the pipeline. */
export interface RolePlace extends Place {
  readonly toolsAccount: string;
}

const names = (service: string, list: string) => list.split(' ').map((name) => `${service}:${name}`);
const stacks = (place: Place) => [here(place, 'cloudformation', `stack/shipline-${place.environment}-*`)];

/** What a job of each role may do in its environment; pipeline/src/gates tells what each gate asks for. */
export const statementsOf: Readonly<Record<EnvironmentRole, (place: RolePlace) => Statement[]>> = {
  plan: (place) => [
    ...looks(place),
    ...compares(place),
    ...verifies(place),
    ...planning(place),
    ...signs(place),
  ],
  deploy: (place) => [
    ...looks(place),
    ...verifies(place),
    ...planning(place),
    ...signs(place),
    ...deploying(place),
    ...keeping(place),
  ],
  test: (place) => [
    ...looks(place),
    ...watching(place),
    ...(place.environment === 'prod' ? [] : rehearsing(place)),
  ],
};

/** Which stacks there are, and what they tell each other. */
const looks = (place: Place): Statement[] => [
  allow(
    names(
      'cloudformation',
      'DescribeStacks DescribeStackEvents DescribeStackResources ListStackResources GetTemplate GetStackPolicy',
    ),
    stacks(place),
  ),
  allow(names('ssm', 'GetParameter GetParameters'), [
    here(place, 'ssm', `parameter/shipline/${place.environment}/*`),
  ]),
];

/** What the live release publishes. Who may not list the site would be told of a forbidden, not of an absent one. */
const compares = ({ environment }: Place): Statement[] => [
  allow(names('s3', 'ListBucket'), [`arn:aws:s3:::shipline-${environment}-site-*`]),
  allow(names('s3', 'GetObject'), [`arn:aws:s3:::shipline-${environment}-site-*/api/*`]),
];

/** The public half of the key that signs releases, in the tools account. */
const verifies = ({ region, toolsAccount }: RolePlace): Statement[] => [
  allow(names('kms', 'DescribeKey GetPublicKey'), [here({ region, account: toolsAccount }, 'kms', 'key/*')], {
    'ForAnyValue:StringEquals': { 'kms:ResourceAliases': releaseKeyAlias },
  }),
];

/** Prod's code is signed where it is packaged, by the tools account's profile. */
const signs = ({ environment, region, account, toolsAccount }: RolePlace): Statement[] =>
  environment === 'prod'
    ? [
        allow(names('signer', 'StartSigningJob GetSigningProfile'), [
          here({ region, account: toolsAccount }, 'signer', `/signing-profiles/${signingProfileName}`),
        ]),
        allow(names('signer', 'DescribeSigningJob'), [
          here({ region, account }, 'signer', '/signing-jobs/*'),
        ]),
      ]
    : [];

/** Makes change sets, which CloudFormation would execute with its own role and no other. */
function planning(place: Place): Statement[] {
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
    allow(names('cloudformation', 'DescribeChangeSet ListChangeSets DeleteChangeSet'), stacks(place)),
    // SAM asks for the summary of a template that is no stack yet.
    allow(names('cloudformation', 'GetTemplateSummary ValidateTemplate'), ['*']),
    allow(['iam:PassRole'], [executionRole], {
      StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
    }),
    allow(names('s3', 'ListBucket GetBucketLocation'), [bucket]),
    allow(names('s3', 'GetObject GetObjectVersion PutObject AbortMultipartUpload'), [`${bucket}/*`]),
    allow(names('kms', 'Decrypt GenerateDataKey'), [here(place, 'kms', 'key/*')], {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/shipline-artifacts' },
    }),
  ];
}

/** Executes what was planned, and publishes what is in no stack: the storefront, and our webhook at the gateway. */
function deploying(place: Place): Statement[] {
  const own = `shipline-${place.environment}`;
  return [
    allow(
      names(
        'cloudformation',
        'ExecuteChangeSet SetStackPolicy UpdateTerminationProtection ContinueUpdateRollback DeleteStack',
      ),
      stacks(place),
    ),
    allow(names('s3', 'ListBucket'), [`arn:aws:s3:::${own}-site-*`]),
    allow(names('s3', 'GetObject PutObject DeleteObject'), [`arn:aws:s3:::${own}-site-*/*`]),
    allow(names('cloudfront', 'CreateInvalidation GetInvalidation ListInvalidations'), [
      everywhere(place, 'cloudfront', 'distribution/*'),
    ]),
    allow(names('secretsmanager', 'GetSecretValue PutSecretValue'), [
      here(place, 'secretsmanager', `secret:${own}-payment-gateway-*`),
    ]),
  ];
}

/** Releases are added and read, never removed. */
function keeping({ region, toolsAccount }: RolePlace): Statement[] {
  const bucket = `arn:aws:s3:::${releaseBucketName(toolsAccount, region)}`;
  return [
    allow(names('s3', 'ListBucket'), [bucket]),
    allow(names('s3', 'GetObject PutObject'), [`${bucket}/*`]),
    allow(
      names('kms', 'Decrypt GenerateDataKey'),
      [here({ region, account: toolsAccount }, 'kms', 'key/*')],
      {
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/shipline-releases' },
      },
    ),
  ];
}

/** What an alarm, a log or a trace tells. */
const watching = (place: Place): Statement[] => [
  allow(
    [
      ...names('cloudwatch', 'DescribeAlarms GetMetricData GetMetricStatistics'),
      ...names('xray', 'BatchGetTraces GetTraceSummaries'),
      ...names('logs', 'GetQueryResults DescribeQueryDefinitions'),
    ],
    ['*'],
  ),
  allow(names('logs', 'FilterLogEvents StartQuery'), [
    here(place, 'logs', `log-group:*shipline-${place.environment}-*`),
  ]),
];

/** Where no customer is: what the tests of dev and staging look into and set off. */
function rehearsing(place: Place): Statement[] {
  const own = `shipline-${place.environment}-*`;
  return [
    allow(
      names('dynamodb', 'GetItem Query Scan PutItem UpdateItem DeleteItem BatchWriteItem DescribeTable'),
      [here(place, 'dynamodb', `table/${own}`)],
    ),
    allow(names('states', 'DescribeExecution ListExecutions GetExecutionHistory StopExecution'), [
      here(place, 'states', `stateMachine:${own}`),
      here(place, 'states', `execution:${own}`),
    ]),
    allow(names('sqs', 'GetQueueAttributes SendMessage ReceiveMessage DeleteMessage'), [
      here(place, 'sqs', own),
    ]),
    allow(names('lambda', 'InvokeFunction GetAlias GetFunction GetFunctionConfiguration'), [
      here(place, 'lambda', `function:${own}`),
    ]),
    allow(names('events', 'PutEvents'), [here(place, 'events', `event-bus/${own}`)]),
    allow(names('secretsmanager', 'GetSecretValue'), [
      here(place, 'secretsmanager', `secret:shipline-${place.environment}-payment-gateway-*`),
    ]),
  ];
}
