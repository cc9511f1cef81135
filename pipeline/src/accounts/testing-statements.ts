import { here, type Place } from './places.js';
import { actions, allow, type Statement } from './statements.js';

/** What an alarm, a log or a trace tells. */
export const watching = (place: Place): Statement[] => [
  allow(
    [
      ...actions('cloudwatch', 'DescribeAlarms GetMetricData GetMetricStatistics'),
      ...actions('xray', 'BatchGetTraces GetTraceSummaries'),
      ...actions('logs', 'GetQueryResults DescribeQueryDefinitions'),
    ],
    ['*'],
  ),
  allow(actions('logs', 'FilterLogEvents StartQuery'), [
    here(place, 'logs', `log-group:*shipline-${place.environment}-*`),
  ]),
];

/** Where no customer is: what the tests of dev and staging look into and set off. */
export function rehearsing(place: Place): Statement[] {
  const own = `shipline-${place.environment}-*`;
  return [
    allow(
      actions('dynamodb', 'GetItem Query Scan PutItem UpdateItem DeleteItem BatchWriteItem DescribeTable'),
      [here(place, 'dynamodb', `table/${own}`)],
    ),
    allow(actions('states', 'DescribeExecution ListExecutions GetExecutionHistory StopExecution'), [
      here(place, 'states', `stateMachine:${own}`),
      here(place, 'states', `execution:${own}`),
    ]),
    allow(actions('sqs', 'GetQueueAttributes SendMessage ReceiveMessage DeleteMessage'), [
      here(place, 'sqs', own),
    ]),
    allow(actions('lambda', 'InvokeFunction GetAlias GetFunction GetFunctionConfiguration'), [
      here(place, 'lambda', `function:${own}`),
    ]),
    allow(actions('events', 'PutEvents'), [here(place, 'events', `event-bus/${own}`)]),
    allow(actions('secretsmanager', 'GetSecretValue'), [
      here(place, 'secretsmanager', `secret:shipline-${place.environment}-payment-gateway-*`),
    ]),
  ];
}
