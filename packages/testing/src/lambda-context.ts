import type { Context } from 'aws-lambda';

/** What Lambda hands to a handler beside the event. */
export const lambdaContext = (overrides: Partial<Context> = {}): Context => ({
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'shipline-test-function',
  functionVersion: '7',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:100000000001:function:shipline-test-function:live',
  memoryLimitInMB: '256',
  awsRequestId: '8f5d3c1e-2b7a-4f60-9c58-0a1b2c3d4e5f',
  logGroupName: '/aws/lambda/shipline-test-function',
  logStreamName: '2026/01/01/[7]0123456789abcdef0123456789abcdef',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
  ...overrides,
});
