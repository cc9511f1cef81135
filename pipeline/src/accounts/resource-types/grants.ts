import { everywhere, type Place, shopRoleArn } from '../places.js';
import { allow, type Statement } from '../statements.js';

/** What CloudFormation must be allowed to make a resource of a type, by the type's name. */
export type TypePermissions = Readonly<Record<string, (place: Place) => Statement[]>>;

export const tags = ['TagResource', 'UntagResource'] as const;

/** Whatever carries the environment's name. */
export const ours = ({ environment }: Place) => `shipline-${environment}-*`;

export const actions = (service: string, ...names: string[]) => names.map((name) => `${service}:${name}`);

/** Hands a role of the shop to one service, and none that came with the bootstrap: boundary.ts denies those. */
export function passes(place: Place, service: string): Statement[] {
  return [
    allow(['iam:PassRole'], [shopRoleArn(place)], { StringEquals: { 'iam:PassedToService': service } }),
  ];
}

/** Delivery of logs by CloudWatch's own service: it has no resources. */
export function accessLogs({ account }: Place): Statement[] {
  return [
    allow(
      actions(
        'logs',
        ...[
          'CreateLogDelivery',
          'GetLogDelivery',
          'UpdateLogDelivery',
          'DeleteLogDelivery',
          'ListLogDeliveries',
        ],
        ...['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'],
      ),
      ['*'],
    ),
    allow(
      ['iam:CreateServiceLinkedRole'],
      [everywhere({ account }, 'iam', 'role/aws-service-role/ops.apigateway.amazonaws.com/*')],
      { StringEquals: { 'iam:AWSServiceName': 'ops.apigateway.amazonaws.com' } },
    ),
  ];
}
