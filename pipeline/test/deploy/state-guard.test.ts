import { describe, expect, it } from 'vitest';
import { doubtsAboutState, lossesOfState, refuseLossOfState } from '../../src/deploy/state-guard.js';
import { GateShut } from '../../src/gates/gate.js';
import { plannedStack, tableChange } from './builders.js';

const losses = (change: Parameters<typeof tableChange>[0], stack = {}) =>
  lossesOfState([plannedStack({ ...stack, changes: [tableChange(change)] })]);

describe('state in a plan', () => {
  it('is lost when its resource is replaced', () => {
    expect(losses({ replacement: 'True', properties: ['TableName'] })).toEqual([
      'shipline-prod-orders-data would replace OrdersTable (AWS::DynamoDB::Table), because TableName changes',
    ]);
  });

  it('is lost when the keys of a table change, which CloudFormation calls conditional', () => {
    expect(losses({ replacement: 'Conditional', properties: ['KeySchema'] })).toHaveLength(1);
  });

  it.each([
    'AWS::DynamoDB::Table',
    'AWS::Cognito::UserPool',
    'AWS::S3::Bucket',
    'AWS::SecretsManager::Secret',
    'AWS::KMS::Key',
  ])('is lost when a resource of type %s is removed', (type) => {
    expect(losses({ action: 'Remove', type })).toEqual([
      `shipline-prod-orders-data would delete OrdersTable (${type})`,
    ]);
  });

  it('is kept when it changes in place, and when something else is replaced', () => {
    expect(losses({})).toEqual([]);
    expect(losses({ action: 'Add' })).toEqual([]);
    expect(losses({ type: 'AWS::Lambda::Version', replacement: 'True' })).toEqual([]);
  });

  it('is nothing in the payment sandbox', () => {
    expect(losses({ action: 'Remove' }, { id: 'payment-sandbox' })).toEqual([]);
  });

  it('is doubtful where CloudFormation cannot tell beforehand', () => {
    const stacks = [
      plannedStack({
        changes: [tableChange({ replacement: 'Conditional', properties: ['AttributeDefinitions'] })],
      }),
    ];

    expect(lossesOfState(stacks)).toEqual([]);
    expect(doubtsAboutState(stacks)).toEqual([
      'shipline-prod-orders-data may replace OrdersTable (AWS::DynamoDB::Table, AttributeDefinitions)',
    ]);
  });

  it('shuts the gate with every loss and the way out', () => {
    const stacks = [plannedStack({ changes: [tableChange({ action: 'Remove' })] })];

    expect(() => refuseLossOfState(stacks)).toThrow(GateShut);
    expect(() => refuseLossOfState(stacks)).toThrow(/would delete OrdersTable .* Expand first/);
    expect(() => refuseLossOfState([plannedStack()])).not.toThrow();
  });
});
