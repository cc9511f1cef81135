import { describe, expect, it } from 'vitest';
import { permissionDifferences, permissionsOf } from '../../src/deploy/permissions.js';

const allow = (Action: unknown, Resource: unknown) => ({
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

/** A function's role with one policy beside it, as the CDK writes it. */
const template = (action: unknown, resource: unknown = { 'Fn::GetAtt': ['OrdersTable', 'Arn'] }) => ({
  Resources: {
    ApiRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        },
      },
    },
    ApiPolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: 'ApiRole' }], PolicyDocument: allow(action, resource) },
    },
  },
});

describe('differences of permissions', () => {
  it('are none between equal templates', () => {
    expect(permissionDifferences(template('dynamodb:GetItem'), template(['dynamodb:GetItem']))).toEqual([]);
  });

  it('name what a role may do from now on, and no longer', () => {
    expect(permissionDifferences(template('dynamodb:GetItem'), template('dynamodb:DeleteItem'))).toEqual([
      '+ ApiRole: Allow dynamodb:DeleteItem on OrdersTable.Arn',
      '- ApiRole: Allow dynamodb:GetItem on OrdersTable.Arn',
    ]);
  });

  it('name everything of a stack that is created', () => {
    expect(permissionDifferences(undefined, template('dynamodb:GetItem'))).toEqual([
      '+ ApiRole: Allow dynamodb:GetItem on OrdersTable.Arn',
      '+ ApiRole: Allow sts:AssumeRole by lambda.amazonaws.com',
    ]);
  });

  it.each([
    [
      {
        Type: 'AWS::IAM::Role',
        Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      },
      'X has the managed policy arn:aws:iam::aws:policy/AdministratorAccess',
    ],
    [
      { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: { Ref: 'Boundary' } } },
      'X is bounded by Boundary',
    ],
    [
      { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: allow('s3:*', '*') }] } },
      'X: Allow s3:* on *',
    ],
    [
      {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Deny',
                Principal: '*',
                NotAction: 'sqs:ReceiveMessage',
                Resource: { 'Fn::Sub': 'arn:aws:sqs:q' },
                Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              },
            ],
          },
        },
      },
      'X: Deny every action but sqs:ReceiveMessage on arn:aws:sqs:q by * if {Bool: {aws:SecureTransport: false}}',
    ],
    [
      {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: {
            Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:x' }, Action: 'kms:*', Resource: '*' }],
          },
        },
      },
      'X: Allow kms:* on * by arn:x',
    ],
    [
      {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { Ref: 'Api' },
          Principal: 'apigateway.amazonaws.com',
          SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api']] },
        },
      },
      `Api: Allow lambda:InvokeFunction by apigateway.amazonaws.com from arn:${'$'}{AWS::Partition}:execute-api`,
    ],
  ])('are read from each kind of resource that grants (%#)', (resource, line) => {
    expect([...permissionsOf({ Resources: { X: resource } })]).toEqual([line]);
  });

  const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const perhaps = { 'Fn::If': ['IsProd', statement, { Ref: 'AWS::NoValue' }] };
  const perhapsText = '{Fn::If: [IsProd, {Effect: Allow, Action: s3:*, Resource: *}, AWS::NoValue]}';

  it.each<[string, { Type: string; Properties?: Record<string, unknown>; Connectors?: unknown }, string[]]>([
    [
      'a statement under a condition',
      {
        Type: 'AWS::IAM::Policy',
        Properties: { Roles: [{ Ref: 'R' }], PolicyDocument: { Statement: [statement, perhaps] } },
      },
      ['R: Allow s3:* on *', `R: ${perhapsText}`],
    ],
    [
      'a document under a condition',
      {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: { PolicyDocument: { 'Fn::If': ['A', { Ref: 'B' }, 'c'] } },
      },
      ['X: {Fn::If: [A, B, c]}'],
    ],
    [
      'a policy of a role under a condition',
      { Type: 'AWS::IAM::Role', Properties: { Policies: [{ 'Fn::If': ['A', { Ref: 'B' }, 'c'] }] } },
      ['X: {Fn::If: [A, B, c]}'],
    ],
    [
      'everybody but',
      {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { PolicyDocument: { Statement: { ...statement, NotPrincipal: { AWS: 'a' } } } },
      },
      ['X: {Effect: Allow, Action: s3:*, Resource: *, NotPrincipal: {AWS: a}}'],
    ],
    [
      'a policy in a string',
      { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyDocument: '{"Statement": []}' } },
      ['X: {"Statement": []}'],
    ],
    [
      'every condition of a permission to call',
      {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunctionUrl',
          FunctionName: 'f',
          Principal: '*',
          SourceAccount: '1',
          PrincipalOrgID: 'o-1',
          FunctionUrlAuthType: 'NONE',
        },
      },
      [
        'f: Allow lambda:InvokeFunctionUrl by * if FunctionUrlAuthType: NONE, PrincipalOrgID: o-1, SourceAccount: 1',
      ],
    ],
    [
      'what a function of SAM may do, and who may call it',
      {
        Type: 'AWS::Serverless::Function',
        Properties: {
          Policies: [
            'AWSLambdaExecute',
            { Statement: [statement] },
            { DynamoDBCrudPolicy: { TableName: { Ref: 'Table' } } },
          ],
          FunctionUrlConfig: { AuthType: 'NONE' },
        },
        Connectors: { Mine: { Properties: { Permissions: ['Write'] } } },
      },
      [
        'X has the managed policy AWSLambdaExecute',
        'X: Allow s3:* on *',
        'X: {DynamoDBCrudPolicy: {TableName: Table}}',
        'X is bounded by arn:b',
        'X: FunctionUrlConfig: {AuthType: NONE}',
        'X: Connectors: {Mine: {Properties: {Permissions: [Write]}}}',
      ],
    ],
    [
      'managed policies of groups',
      { Type: 'AWS::IAM::Group', Properties: { ManagedPolicyArns: ['arn:a'] } },
      ['X has the managed policy arn:a'],
    ],
    [
      'who is in a group',
      { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'g', Users: ['u'] } },
      ['X: AWS::IAM::UserToGroupAddition: {GroupName: g, Users: [u]}'],
    ],
    [
      'nothing of a queue whose letters go elsewhere',
      { Type: 'AWS::SQS::Queue', Properties: { RedrivePolicy: { maxReceiveCount: 3 } } },
      [],
    ],
  ])('tell %s', (_, resource, lines) => {
    const Globals = { Function: { PermissionsBoundary: 'arn:b' } };

    expect([...permissionsOf({ Globals, Resources: { X: resource } })]).toEqual(lines);
  });
});
