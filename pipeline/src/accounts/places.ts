import { boundaryName } from '@shipline/infra';
import { alarmReaderRoleName, type DeliveredEnvironment, executionRoleName, roleName } from './names.js';

/** Where statements apply. */
export interface Place {
  readonly environment: DeliveredEnvironment;
  readonly account: string;
  readonly region: string;
}

/** An environment's place, and the account that owns the pipeline. */
export interface RolePlace extends Place {
  readonly toolsAccount: string;
}

/** An ARN in the place's region: `here(place, 'sqs', 'shipline-dev-*')`. */
export const here = ({ account, region }: Omit<Place, 'environment'>, service: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** An ARN of a service that knows no regions. */
export const everywhere = ({ account }: Pick<Place, 'account'>, service: string, resource: string) =>
  `arn:aws:${service}::${account}:${resource}`;

export const roleArn = (account: string, name: string) => everywhere({ account }, 'iam', `role/${name}`);

export const boundaryArn = ({ account, environment }: Pick<Place, 'account' | 'environment'>) =>
  everywhere({ account }, 'iam', `policy/${boundaryName(environment)}`);

/** The roles that come with the bootstrap; their names begin like those of the shop, so that denials name them. */
export const bootstrapRoleArns = ({ account, environment }: Pick<Place, 'account' | 'environment'>) =>
  [
    ...(['plan', 'deploy', 'test'] as const).map((role) => roleName(environment, role)),
    executionRoleName(environment),
    alarmReaderRoleName(environment),
  ].map((name) => roleArn(account, name));

/** Roles that stacks of the shop make: CloudFormation names them after their stack. */
export const shopRoleArn = ({ account, environment }: Pick<Place, 'account' | 'environment'>) =>
  roleArn(account, `shipline-${environment}-*`);
