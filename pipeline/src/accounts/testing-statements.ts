import { here, type Place } from './places.js';
import { actions, allow, type Statement } from './statements.js';

/** What an alarm, a log or a trace tells. */
export const watching = (place: Place): Statement[] => [
  allow(
    [
      ...actions('cloudwatch', 'DescribeAlarms DescribeAlarmHistory GetMetricData GetMetricStatistics'),
      ...actions('xray', 'BatchGetTraces GetTraceSummaries'),
      ...actions('logs', 'GetQueryResults DescribeQueryDefinitions'),
    ],
    ['*'],
  ),
  allow(actions('logs', 'FilterLogEvents StartQuery'), [
    here(place, 'logs', `log-group:*shipline-${place.environment}-*`),
  ]),
];

/** What a drill watches besides: it releases something bad, with the rights of a deployment, and looks at what happens. */
export function drilling(place: Place): Statement[] {
  const own = `shipline-${place.environment}-*`;
  return [
    allow(['cloudwatch:DescribeAlarmHistory'], ['*']),
    allow(actions('codedeploy', 'ListDeployments BatchGetDeployments'), [
      here(place, 'codedeploy', `deploymentgroup:${own}/*`),
    ]),
    // A deployment's targets know no resource.
    allow(actions('codedeploy', 'ListDeploymentTargets BatchGetDeploymentTargets'), ['*']),
    allow(['logs:FilterLogEvents'], [here(place, 'logs', `log-group:/aws/lambda/${own}`)]),
    allow(['lambda:GetAlias'], [here(place, 'lambda', `function:${own}`)]),
    allow(actions('dynamodb', 'GetItem Query'), [here(place, 'dynamodb', `table/${own}`)]),
  ];
}

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
    // A test in dev lets a message come back at once.
    ...(place.environment === 'dev' ? [allow(['sqs:SetQueueAttributes'], [here(place, 'sqs', own)])] : []),
    allow(actions('lambda', 'InvokeFunction GetAlias GetFunction GetFunctionConfiguration'), [
      here(place, 'lambda', `function:${own}`),
    ]),
    allow(actions('events', 'PutEvents'), [here(place, 'events', `event-bus/${own}`)]),
    allow(actions('secretsmanager', 'GetSecretValue'), [
      here(place, 'secretsmanager', `secret:shipline-${place.environment}-payment-gateway-*`),
    ]),
  ];
}
