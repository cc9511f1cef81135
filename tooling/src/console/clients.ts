import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { XRayClient } from '@aws-sdk/client-xray';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import pLimit from 'p-limit';

export type ConsoleClients = ReturnType<typeof consoleClients>;

/** However many panels and pages there are, AWS never has more of our calls at once. */
const MOST_CALLS_AT_ONCE = 6;

/** What every client of the SDK has, as far as it is needed here. */
interface Limitable {
  readonly middlewareStack: {
    add(middleware: (next: Next) => Next, options: { step: 'initialize'; name: string }): void;
  };
}
type Next = (args: never) => Promise<unknown>;

export function consoleClients(settings: object = {}) {
  const limit = pLimit(MOST_CALLS_AT_ONCE);
  const limited = <C>(client: C): C => {
    const { middlewareStack } = client as Limitable;
    middlewareStack.add((next) => (args) => limit(() => next(args)), {
      step: 'initialize',
      name: 'callLimit',
    });
    return client;
  };
  const patient = { maxAttempts: 3, ...settings };
  return {
    cloudWatch: limited(new CloudWatchClient(patient)),
    codeDeploy: limited(new CodeDeployClient(patient)),
    lambda: limited(new LambdaClient(patient)),
    logs: limited(new CloudWatchLogsClient(patient)),
    // Locally a queue's URL names another host than the endpoint does, and the SDK would complain of each.
    sqs: limited(new SQSClient({ ...patient, useQueueUrlAsEndpoint: false })),
    stepFunctions: limited(new SFNClient(patient)),
    tables: DynamoDBDocumentClient.from(limited(new DynamoDBClient(patient))),
    xray: limited(new XRayClient(patient)),
  };
}
