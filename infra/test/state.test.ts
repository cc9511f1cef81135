import { describe, expect, it } from 'vitest';
import { isState, stackPolicy, statefulTypes } from '../src/state.js';
import { synthesisOf } from './synthesis.js';

const resourcesOf = (name: 'staging' | 'prod') =>
  Object.values(synthesisOf(name).templates).flatMap(({ Resources }) => Object.values(Resources));

describe.each(['staging', 'prod'] as const)('state in %s', (name) => {
  it('is everything that its templates retain', () => {
    const retained = resourcesOf(name).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');

    expect(retained.length).toBeGreaterThan(0);
    for (const { Type } of retained) expect(statefulTypes).toContain(Type);
  });

  it.each([
    'AWS::DynamoDB::Table',
    'AWS::Cognito::UserPool',
    'AWS::S3::Bucket',
    'AWS::SecretsManager::Secret',
  ])('is retained when its %s leaves the template or is replaced', (type) => {
    const found = resourcesOf(name).filter(({ Type }) => Type === type);

    expect(found.length).toBeGreaterThan(0);
    for (const resource of found)
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });
});

describe('the policy of a stack', () => {
  it('allows every update but those that replace or delete state', () => {
    const [allow, deny] = stackPolicy.Statement;

    expect(allow).toMatchObject({ Effect: 'Allow', Action: 'Update:*', Resource: '*' });
    expect(deny).toEqual({
      Effect: 'Deny',
      Action: ['Update:Replace', 'Update:Delete'],
      Principal: '*',
      Resource: '*',
      Condition: { StringEquals: { ResourceType: statefulTypes } },
    });
  });

  it('has nothing to keep in the payment sandbox', () => {
    expect(isState('orders-data', 'AWS::DynamoDB::Table')).toBe(true);
    expect(isState('payment-sandbox', 'AWS::DynamoDB::Table')).toBe(false);
    expect(isState('orders', 'AWS::Lambda::Function')).toBe(false);
  });
});
