import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import {
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';

const formation = new CloudFormationClient({});
const lambda = new LambdaClient({});

/** A function whose alias `live` points to version 1 of two, and a role with which CodeDeploy may move it. */
export interface ShiftingStack {
  readonly functionName: string;
  readonly roleArn: string;
  remove(): Promise<void>;
}

const service = (name: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${name}.amazonaws.com` } }],
});

const role = (principal: string, policy: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: service(principal),
    ManagedPolicyArns: [`arn:aws:iam::aws:policy/service-role/${policy}`],
  },
});

const template = {
  Resources: {
    Role: role('codedeploy', 'AWSCodeDeployRoleForLambda'),
    ExecutionRole: role('lambda', 'AWSLambdaBasicExecutionRole'),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['ExecutionRole', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async (event, { functionVersion }) => functionVersion;' },
      },
    },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Function' },
        FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
        Name: 'live',
      },
    },
  },
  Outputs: {
    Function: { Value: { Ref: 'Function' } },
    Role: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  },
};

export async function createShiftingStack(StackName: string): Promise<ShiftingStack> {
  await formation.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_IAM'],
    }),
  );
  await waitUntilStackCreateComplete({ client: formation, maxWaitTime: 100, minDelay: 1 }, { StackName });
  const { Stacks: [stack] = [] } = await formation.send(new DescribeStacksCommand({ StackName }));
  const output = (key: string) =>
    stack?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue ?? '';
  const functionName = output('Function');
  await lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: functionName, Description: 'the second version' }),
  );
  const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: functionName }));
  if (Version !== '2') throw new Error(`Expected to publish version 2, got ${Version}.`);
  return {
    functionName,
    roleArn: output('Role'),
    remove: async () => {
      await formation.send(new DeleteStackCommand({ StackName }));
    },
  };
}
