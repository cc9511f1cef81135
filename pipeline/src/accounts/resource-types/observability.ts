import { everywhere, here, type Place } from '../places.js';
import { allow, type Statement } from '../statements.js';
import { actions, ours, type TypePermissions, tags } from './grants.js';

/** What tells how it goes. */
export const observabilityTypes: TypePermissions = {
  'AWS::CloudWatch::Alarm': alarms('PutMetricAlarm'),
  'AWS::CloudWatch::CompositeAlarm': alarms('PutCompositeAlarm'),
  'AWS::CloudWatch::Dashboard': (place) => [
    allow(actions('cloudwatch', 'PutDashboard', 'GetDashboard', 'DeleteDashboards'), [
      everywhere(place, 'cloudwatch', `dashboard/${ours(place)}`),
    ]),
  ],
  'AWS::Logs::LogGroup': (place) => [
    allow(
      actions(
        'logs',
        ...['CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy', 'DeleteRetentionPolicy'],
        ...['GetDataProtectionPolicy', 'DescribeIndexPolicies', ...tags, 'ListTagsForResource'],
      ),
      logGroups(place),
    ),
    allow(['logs:DescribeLogGroups'], ['*']),
  ],
  'AWS::Logs::QueryDefinition': () => [
    allow(actions('logs', 'PutQueryDefinition', 'DescribeQueryDefinitions', 'DeleteQueryDefinition'), ['*']),
  ],
};

function alarms(put: string) {
  return (place: Place): Statement[] => [
    allow(actions('cloudwatch', put, 'DeleteAlarms', ...tags, 'ListTagsForResource'), [
      here(place, 'cloudwatch', `alarm:${ours(place)}`),
    ]),
    allow(['cloudwatch:DescribeAlarms'], ['*']),
  ];
}

function logGroups(place: Place): string[] {
  return [here(place, 'logs', `log-group:*${ours(place)}`)];
}
