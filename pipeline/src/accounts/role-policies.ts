import { type EnvironmentRole, releaseKeyAlias } from './names.js';
import { here, type Place, type RolePlace } from './places.js';
import { deploying, keeping, planning, signs, sparesTheBootstrap } from './releasing-statements.js';
import { actions, allow, type Statement } from './statements.js';
import { drilling, rehearsing, watching } from './testing-statements.js';

/**
 * What a job of each role may do in its environment; pipeline/test/gates/rights.test.ts holds it against what the gates
 * of its jobs call.
 */
export const statementsOf: Readonly<Record<EnvironmentRole, (place: RolePlace) => Statement[]>> = {
  plan: (place) => [
    ...looks(place),
    ...compares(place),
    ...verifies(place),
    ...planning(place, 'plan'),
    sparesTheBootstrap(place),
  ],
  deploy: (place) => [
    ...looks(place),
    ...verifies(place),
    ...planning(place, 'deploy'),
    ...signs(place),
    ...deploying(place),
    ...keeping(place),
    ...(place.environment === 'staging' ? drilling(place) : []),
    sparesTheBootstrap(place),
  ],
  test: (place) => [
    ...looks(place),
    ...watching(place),
    ...(place.environment === 'prod' ? [] : rehearsing(place)),
  ],
};

/** Which stacks there are, and what they tell each other. */
const looks = (place: Place): Statement[] => [
  allow(
    actions(
      'cloudformation',
      'DescribeStacks DescribeStackEvents DescribeStackResources ListStackResources GetTemplate GetStackPolicy',
    ),
    [here(place, 'cloudformation', `stack/shipline-${place.environment}-*`)],
  ),
  allow(actions('ssm', 'GetParameter GetParameters'), [
    here(place, 'ssm', `parameter/shipline/${place.environment}/*`),
  ]),
];

/** What the live release publishes. Who may not list the site would be told of a forbidden, not of an absent one. */
const compares = ({ environment }: Place): Statement[] => [
  allow(actions('s3', 'ListBucket'), [`arn:aws:s3:::shipline-${environment}-site-*`]),
  allow(actions('s3', 'GetObject'), [`arn:aws:s3:::shipline-${environment}-site-*/api/*`]),
];

/** The public half of the key that signs releases, in the tools account. */
const verifies = ({ region, toolsAccount }: RolePlace): Statement[] => [
  allow(
    actions('kms', 'DescribeKey GetPublicKey'),
    [here({ region, account: toolsAccount }, 'kms', 'key/*')],
    {
      'ForAnyValue:StringEquals': { 'kms:ResourceAliases': releaseKeyAlias },
    },
  ),
];
