import { describe, expect, it } from 'vitest';
import { lossesOfState } from '../../src/deploy/state-guard.js';
import { changesBetween } from '../../src/deploy/template-changes.js';
import { plannedStack } from './builders.js';

const table = (Properties: Record<string, unknown> = {}, more = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties,
  ...more,
});
const between = (old: Record<string, unknown>, wanted: Record<string, unknown>) =>
  changesBetween({ Resources: old }, { Resources: wanted });
const losses = (old: Record<string, unknown>, wanted: Record<string, unknown>) =>
  lossesOfState([plannedStack({ changes: between(old, wanted) })]);

describe('what templates tell of an update', () => {
  it('is everything where there is no stack yet', () => {
    expect(changesBetween(undefined, { Resources: { Table: table() } })).toEqual([
      { action: 'Add', resource: 'Table', type: 'AWS::DynamoDB::Table', properties: [] },
    ]);
  });

  it('is what is added, changed and removed, and not what stays', () => {
    const old = { Gone: table(), Same: table({ A: { Ref: 'X' } }), Table: table({ A: 1, B: [1], C: 1 }) };
    const wanted = { Same: table({ A: { Ref: 'X' } }), Table: table({ A: 1, B: [2], D: 1 }), Added: table() };

    expect(between(old, wanted)).toEqual([
      { action: 'Add', resource: 'Added', type: 'AWS::DynamoDB::Table', properties: [] },
      { action: 'Remove', resource: 'Gone', type: 'AWS::DynamoDB::Table', properties: [] },
      {
        action: 'Modify',
        resource: 'Table',
        type: 'AWS::DynamoDB::Table',
        replacement: 'Conditional',
        properties: ['B', 'C', 'D'],
      },
    ]);
  });

  it('are attributes beside the properties, of which none replaces', () => {
    expect(between({ T: table() }, { T: table({}, { DeletionPolicy: 'Retain' }) })).toMatchObject([
      { action: 'Modify', replacement: 'False', properties: ['DeletionPolicy'] },
    ]);
  });

  it('is nothing where SAM has only marked the deployed resource', () => {
    expect(between({ T: table({}, { Metadata: { SamResourceId: 'T' } }) }, { T: table() })).toEqual([]);
  });

  it('shows the loss of state before there is a change set', () => {
    expect(losses({ T: table() }, {})).toHaveLength(1);
    expect(losses({ T: table() }, { T: { Type: 'AWS::SSM::Parameter' } })).toHaveLength(1);
    expect(losses({ T: table({ TableName: 'a' }) }, { T: table({ TableName: 'b' }) })).toHaveLength(1);
    expect(losses({ T: table({ Tags: 'a' }) }, { T: table({ Tags: 'b' }) })).toEqual([]);
  });
});
