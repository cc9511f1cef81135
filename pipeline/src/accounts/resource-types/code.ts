import { artifactBucketName } from '@shipline/infra';
import { here, type Place, shopRoleArn } from '../places.js';
import { allow, type Statement } from '../statements.js';
import { accessLogs, actions, ours, passes, type TypePermissions, tags } from './grants.js';

/** What runs, what releases it, and with which rights. */
export const codeTypes: TypePermissions = {
  'AWS::CodeDeploy::Application': (place) => [
    allow(actions('codedeploy', 'CreateApplication', 'GetApplication', 'DeleteApplication', ...tags), [
      here(place, 'codedeploy', `application:${ours(place)}`),
    ]),
    allow(['codedeploy:ListTagsForResource'], [here(place, 'codedeploy', `application:${ours(place)}`)]),
  ],
  'AWS::CodeDeploy::DeploymentGroup': (place) => [
    allow(
      actions(
        'codedeploy',
        'CreateDeploymentGroup',
        'GetDeploymentGroup',
        'UpdateDeploymentGroup',
        'DeleteDeploymentGroup',
        ...tags,
      ),
      [here(place, 'codedeploy', `deploymentgroup:${ours(place)}/*`)],
    ),
    ...passes(place, 'codedeploy.amazonaws.com'),
  ],
  'AWS::IAM::Policy': (place) => [
    allow(actions('iam', 'PutRolePolicy', 'GetRolePolicy', 'DeleteRolePolicy'), [shopRoleArn(place)]),
  ],
  'AWS::IAM::Role': (place) => [
    allow(
      actions(
        'iam',
        ...[
          'CreateRole',
          'GetRole',
          'UpdateRole',
          'UpdateRoleDescription',
          'UpdateAssumeRolePolicy',
          'DeleteRole',
        ],
        ...['PutRolePermissionsBoundary', 'AttachRolePolicy', 'DetachRolePolicy', 'ListAttachedRolePolicies'],
        ...['PutRolePolicy', 'GetRolePolicy', 'DeleteRolePolicy', 'ListRolePolicies'],
        ...['TagRole', 'UntagRole', 'ListRoleTags'],
      ),
      [shopRoleArn(place)],
    ),
  ],
  'AWS::Lambda::Alias': (place) => [
    ...functions(
      place,
      ...['CreateAlias', 'GetAlias', 'UpdateAlias', 'DeleteAlias'],
      ...[
        'PutProvisionedConcurrencyConfig',
        'GetProvisionedConcurrencyConfig',
        'DeleteProvisionedConcurrencyConfig',
      ],
    ),
    // An alias whose update policy names CodeDeploy is moved by a deployment.
    allow(actions('codedeploy', 'CreateDeployment', 'GetDeployment', 'StopDeployment'), [
      here(place, 'codedeploy', `deploymentgroup:${ours(place)}/*`),
    ]),
    allow(actions('codedeploy', 'GetApplicationRevision', 'RegisterApplicationRevision'), [
      here(place, 'codedeploy', `application:${ours(place)}`),
    ]),
    allow(['codedeploy:GetDeploymentConfig'], [here(place, 'codedeploy', 'deploymentconfig:*')]),
  ],
  'AWS::Lambda::CodeSigningConfig': (place) => [
    allow(['lambda:CreateCodeSigningConfig'], ['*']),
    allow(
      actions(
        'lambda',
        'GetCodeSigningConfig',
        'UpdateCodeSigningConfig',
        'DeleteCodeSigningConfig',
        ...tags,
        'ListTags',
      ),
      [here(place, 'lambda', 'code-signing-config:*')],
    ),
  ],
  'AWS::Lambda::EventInvokeConfig': (place) =>
    functions(
      place,
      'PutFunctionEventInvokeConfig',
      'GetFunctionEventInvokeConfig',
      'UpdateFunctionEventInvokeConfig',
      'DeleteFunctionEventInvokeConfig',
    ),
  'AWS::Lambda::EventSourceMapping': (place) => [
    // A mapping is known by a number; which functions it may call is the condition.
    allow(
      actions('lambda', 'CreateEventSourceMapping', 'UpdateEventSourceMapping', 'DeleteEventSourceMapping'),
      ['*'],
      { ArnLike: { 'lambda:FunctionArn': here(place, 'lambda', `function:${ours(place)}`) } },
    ),
    allow(actions('lambda', 'GetEventSourceMapping', 'ListEventSourceMappings'), ['*']),
    allow(actions('lambda', ...tags, 'ListTags'), [here(place, 'lambda', 'event-source-mapping:*')]),
  ],
  'AWS::Lambda::Function': (place) => [
    ...functions(
      place,
      ...[
        'CreateFunction',
        'GetFunction',
        'GetFunctionConfiguration',
        'UpdateFunctionCode',
        'DeleteFunction',
      ],
      ...['UpdateFunctionConfiguration', 'PutFunctionConcurrency', 'DeleteFunctionConcurrency'],
      ...['GetFunctionCodeSigningConfig', 'PutFunctionCodeSigningConfig', 'DeleteFunctionCodeSigningConfig'],
      ...['GetRuntimeManagementConfig', 'PutRuntimeManagementConfig', 'GetFunctionRecursionConfig'],
      ...['PutFunctionRecursionConfig', ...tags, 'ListTags'],
    ),
    allow(['lambda:GetCodeSigningConfig'], [here(place, 'lambda', 'code-signing-config:*')]),
    allow(['s3:GetObject', 's3:GetObjectVersion'], [`arn:aws:s3:::${artifactBucketName(place)}/deploy/*`]),
    allow(['kms:Decrypt'], [here(place, 'kms', 'key/*')], {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/shipline-artifacts' },
    }),
    ...passes(place, 'lambda.amazonaws.com'),
  ],
  'AWS::Lambda::Permission': (place) => functions(place, 'AddPermission', 'RemovePermission', 'GetPolicy'),
  'AWS::Lambda::Version': (place) =>
    functions(
      place,
      'PublishVersion',
      'ListVersionsByFunction',
      'GetFunctionConfiguration',
      'DeleteFunction',
    ),
  'AWS::StepFunctions::StateMachine': (place) => [
    allow(
      actions(
        'states',
        ...['CreateStateMachine', 'DescribeStateMachine', 'UpdateStateMachine', 'DeleteStateMachine'],
        ...[...tags, 'ListTagsForResource'],
      ),
      [here(place, 'states', `stateMachine:${ours(place)}`)],
    ),
    allow(['states:ValidateStateMachineDefinition'], ['*']),
    ...passes(place, 'states.amazonaws.com'),
    ...accessLogs(place),
  ],
  'AWS::StepFunctions::StateMachineAlias': (place) => [
    allow(
      actions(
        'states',
        'CreateStateMachineAlias',
        'DescribeStateMachineAlias',
        'UpdateStateMachineAlias',
        'DeleteStateMachineAlias',
      ),
      [here(place, 'states', `stateMachine:${ours(place)}`)],
    ),
    // A gradual deployment of a state machine watches alarms itself.
    allow(['cloudwatch:DescribeAlarms'], ['*']),
  ],
  'AWS::StepFunctions::StateMachineVersion': (place) => [
    allow(
      actions(
        'states',
        'PublishStateMachineVersion',
        'DescribeStateMachine',
        'ListStateMachineVersions',
        'DeleteStateMachineVersion',
      ),
      [here(place, 'states', `stateMachine:${ours(place)}`)],
    ),
  ],
};

function functions(place: Place, ...names: string[]): Statement[] {
  return [allow(actions('lambda', ...names), [here(place, 'lambda', `function:${ours(place)}`)])];
}
