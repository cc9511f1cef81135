import { bootstrapRoleArns, boundaryArn, everywhere, here, type Place } from './places.js';
import { allow, deny, merged, type Statement } from './statements.js';

/**
 * The most that a role which CloudFormation makes can ever do: what code of the shop does while it runs, in this
 * account, on what carries the environment's name. Nothing of IAM, of CloudFormation or of the record is in it, so that
 * no template, however wide its policies, makes a role that gets further.
 */
export function boundaryStatements(place: Place): Statement[] {
  const ours = `shipline-${place.environment}-*`;
  return merged([
    allow(
      names(
        'dynamodb',
        'GetItem BatchGetItem Query Scan PutItem UpdateItem DeleteItem BatchWriteItem ConditionCheckItem DescribeTable DescribeStream GetRecords GetShardIterator',
      ),
      [here(place, 'dynamodb', `table/${ours}`)],
    ),
    allow(names('events', 'PutEvents'), [here(place, 'events', `event-bus/${ours}`)]),
    allow(names('lambda', 'InvokeFunction GetAlias UpdateAlias GetProvisionedConcurrencyConfig'), [
      here(place, 'lambda', `function:${ours}`),
    ]),
    allow(names('cognito-idp', 'AdminGetUser'), [here(place, 'cognito-idp', 'userpool/*')]),
    allow(
      names(
        'logs',
        'CreateLogGroup CreateLogStream PutLogEvents DescribeLogStreams GetLogEvents FilterLogEvents',
      ),
      // API Gateway writes to a group of its own when it is given its role.
      [here(place, 'logs', `log-group:*${ours}`), here(place, 'logs', 'log-group:/aws/apigateway/*')],
    ),
    allow(names('secretsmanager', 'GetSecretValue'), [here(place, 'secretsmanager', `secret:${ours}`)]),
    allow(names('ses', 'SendEmail'), [here(place, 'ses', 'identity/*')]),
    allow(names('sns', 'Publish'), [here(place, 'sns', ours)]),
    allow(
      names(
        'sqs',
        'SendMessage ReceiveMessage DeleteMessage ChangeMessageVisibility GetQueueAttributes GetQueueUrl',
      ),
      [here(place, 'sqs', ours)],
    ),
    allow(names('states', 'StartExecution DescribeExecution StopExecution'), [
      here(place, 'states', `stateMachine:${ours}`),
      here(place, 'states', `execution:${ours}`),
    ]),
    allow(
      [
        ...names('xray', 'PutTraceSegments PutTelemetryRecords GetSamplingRules GetSamplingTargets'),
        ...names(
          'codedeploy',
          'ListDeploymentTargets BatchGetDeploymentTargets PutLifecycleEventHookExecutionStatus',
        ),
        ...names('cloudwatch', 'DescribeAlarms'),
        ...names('dynamodb', 'ListStreams'),
        ...names(
          'logs',
          'CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries',
        ),
        ...names('logs', 'PutResourcePolicy DescribeResourcePolicies DescribeLogGroups'),
      ],
      // None of these knows resources.
      ['*'],
    ),
  ]);
}

/**
 * What CloudFormation's own role is denied, whatever its allow-list says: to make or change a role without the boundary,
 * to take the boundary away or change it, to touch what came with the bootstrap, and in prod to run unsigned code.
 */
export function guardStatements(place: Place): Statement[] {
  const boundary = boundaryArn(place);
  return [
    deny(names('iam', 'CreateRole PutRolePolicy AttachRolePolicy PutRolePermissionsBoundary'), ['*'], {
      StringNotEquals: { 'iam:PermissionsBoundary': boundary },
    }),
    deny(
      names(
        'iam',
        'DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary CreatePolicy CreatePolicyVersion SetDefaultPolicyVersion DeletePolicy DeletePolicyVersion CreateUser CreateAccessKey',
      ),
      ['*'],
    ),
    deny(['iam:*'], [...bootstrapRoleArns(place), everywhere(place, 'iam', 'oidc-provider/*')]),
    deny(['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'cloudtrail:*', 'cloudformation:*'], ['*']),
    ...(place.environment === 'prod' ? signedCodeOnly : []),
  ];
}

/** A template may choose by whom its functions' code is signed, and the plan shows it; not that nobody signs it. */
const signedCodeOnly: readonly Statement[] = [
  deny(['lambda:CreateFunction'], ['*'], { Null: { 'lambda:CodeSigningConfigArn': 'true' } }),
  deny(['lambda:DeleteFunctionCodeSigningConfig'], ['*']),
];

const names = (service: string, list: string) => list.split(' ').map((name) => `${service}:${name}`);
