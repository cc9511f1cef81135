import { environment, placeholderInputs } from '@shipline/infra';
import { describe, expect, it } from 'vitest';
import {
  type DeployedStack,
  type DeployedStackId,
  DeployedStacks,
} from '../../src/deploy/deployed-stacks.js';
import { outputsFrom } from '../../src/deploy/outputs.js';

const resource = (ResourceType: string, LogicalResourceId: string, PhysicalResourceId: string) => ({
  ResourceType,
  LogicalResourceId,
  PhysicalResourceId,
  LastUpdatedTimestamp: undefined,
  ResourceStatus: undefined,
});

/** Stacks with one resource of each kind that is looked for. */
function deployed({ sandbox = true } = {}): DeployedStacks {
  const stacks: Partial<Record<DeployedStackId, DeployedStack>> = {
    platform: { resources: [resource('AWS::Cognito::UserPool', 'Pool', 'us-east-1_abc')], outputs: {} },
    'orders-data': { resources: [resource('AWS::DynamoDB::Table', 'Table', 'orders-table-1')], outputs: {} },
    orders: {
      resources: [
        resource('AWS::Lambda::Function', 'OrdersApiFunction', 'shipline-dev-orders-api'),
        resource('AWS::SQS::Queue', 'Dead', 'https://sqs.aws/1/shipline-dev-orders-dead-letters'),
        resource('AWS::StepFunctions::StateMachine', 'Checkout', 'arn:checkout'),
      ],
      outputs: {},
    },
    ...(sandbox && {
      'payment-sandbox': {
        resources: [resource('AWS::DynamoDB::Table', 'Table', 'sandbox-table')],
        outputs: { GatewayUrl: 'https://sandbox.example/v1' },
      },
    }),
    edge: { resources: [], outputs: { DistributionDomainName: 'd1.cloudfront.net', SiteBucketName: 'site' } },
  };
  return new DeployedStacks(new Map(Object.entries(stacks) as [DeployedStackId, DeployedStack][]));
}

describe('what an environment offers', () => {
  it('has physical names, by service and by logical id', () => {
    expect(outputsFrom(environment('dev', placeholderInputs), deployed())).toMatchObject({
      userPoolId: 'us-east-1_abc',
      stateMachineArn: 'arn:checkout',
      siteBucket: 'site',
      tables: { orders: 'orders-table-1', 'payment-sandbox': 'sandbox-table' },
      functions: { OrdersApiFunction: 'shipline-dev-orders-api' },
      queues: { 'orders-dead-letters': 'https://sqs.aws/1/shipline-dev-orders-dead-letters' },
    });
  });

  it('has the distribution’s address and the sandbox’s origin in dev', () => {
    expect(outputsFrom(environment('dev', placeholderInputs), deployed())).toMatchObject({
      storefrontUrl: 'https://d1.cloudfront.net',
      apiUrl: 'https://d1.cloudfront.net/api',
      gatewayUrl: 'https://sandbox.example',
      sandboxHost: 'sandbox.example',
    });
  });

  it('has plain addresses of this machine in local', () => {
    expect(outputsFrom(environment('local', placeholderInputs), deployed())).toMatchObject({
      storefrontUrl: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      gatewayUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      distributionHost: 'd1.cloudfront.net',
    });
  });

  it('has Stripe and no sandbox in prod', () => {
    const outputs = outputsFrom(environment('prod', placeholderInputs), deployed({ sandbox: false }));

    expect(outputs).toMatchObject({ gatewayUrl: 'https://api.stripe.com', sandboxHost: '' });
  });
});
