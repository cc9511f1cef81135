import { allowList } from '../../src/accounts/allow-list.js';
import { boundaryStatements, guardStatements } from '../../src/accounts/boundary.js';
import { type EnvironmentRole, executionRoleName, roleName } from '../../src/accounts/names.js';
import { type RolePlace, roleArn } from '../../src/accounts/places.js';
import { permissionsOfTypes } from '../../src/accounts/resource-types.js';
import { statementsOf } from '../../src/accounts/role-policies.js';
import type { Actor } from './simulation.js';

export const toolsAccount = '100000000009';

export const prod: RolePlace = {
  environment: 'prod',
  account: '100000000004',
  region: 'us-east-1',
  toolsAccount,
};
export const dev: RolePlace = { ...prod, environment: 'dev', account: '100000000002' };

/** A job of the pipeline in an environment. */
export const job = (role: EnvironmentRole, place = prod): Actor => ({
  principal: roleArn(place.account, roleName(place.environment, role)),
  statements: statementsOf[role](place),
});

/** CloudFormation in an environment, with everything that any template could ask of it. */
export const cloudFormation = (place = prod): Actor => ({
  principal: roleArn(place.account, executionRoleName(place.environment)),
  statements: [...allowList(place, Object.keys(permissionsOfTypes)), ...guardStatements(place)],
});

/** A role that CloudFormation has made from the most generous template there can be. */
export const greedyFunction = (place = prod): Actor => ({
  principal: roleArn(place.account, `shipline-${place.environment}-orders-ApiRole`),
  statements: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }],
  boundary: boundaryStatements(place),
});
