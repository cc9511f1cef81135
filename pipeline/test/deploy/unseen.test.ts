import { describe, expect, it } from 'vitest';
import type { PlannedChange, PlannedStack } from '../../src/deploy/plan-file.js';
import { refuseUnseen, unseenIn } from '../../src/deploy/unseen.js';
import { GateShut } from '../../src/gates/gate.js';
import { plannedStack, releasedStack } from './builders.js';

const bus = '/shop/bus';
/** A stack that reads the bus in a function, and hands the function on. */
const template = {
  Parameters: {
    Bus: { Type: 'AWS::SSM::Parameter::Value<String>', Default: bus },
    Size: { Type: 'String', Default: '1' },
  },
  Conditions: { HasBus: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Bus' }, ''] }] } },
  Resources: {
    Api: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: 'a',
        MemorySize: { Ref: 'Size' },
        Environment: { Variables: { BUS: { Ref: 'Bus' } } },
      },
    },
    Address: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/shop/api', Value: { 'Fn::Sub': `https://${'$'}{Api.Arn}` } },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { State: { 'Fn::If': ['HasBus', 'ENABLED', 'DISABLED'] }, Description: 'a' },
    },
    Sandbox: { Type: 'AWS::Serverless::Function', Properties: { Handler: 'a' } },
  },
};
const packaged = { stack: releasedStack('orders'), template };

const modified = (
  resource: string,
  properties: string[],
  more: Partial<PlannedChange> = {},
): PlannedChange => ({
  action: 'Modify',
  resource,
  type: { Api: 'AWS::Lambda::Function', Rule: 'AWS::Events::Rule' }[resource] ?? 'AWS::SSM::Parameter',
  replacement: 'False',
  properties,
  ...more,
});
const stack = (changes: PlannedChange[], more: Partial<PlannedStack> = {}) =>
  plannedStack({ id: 'orders', changes, reads: { [bus]: 'two' }, ...more });

const unseen = (now: PlannedStack, planned?: PlannedStack, written: string[] = [bus]) =>
  unseenIn(now, packaged, { planned, written: new Set(written) });

describe('a stack that the plan leaves alone', () => {
  it('follows a value that another stack of the release has written, as far as it leads', () => {
    const now = stack([
      modified('Address', ['Value']),
      modified('Api', ['Environment']),
      modified('Rule', ['State']),
    ]);

    expect(unseen(now)).toEqual([]);
    expect(unseen(now, undefined, [])).toHaveLength(3);
  });

  it.each<[string, PlannedChange]>([
    ['of another property', modified('Api', ['Code', 'Environment'])],
    ['of a property that reads something else', modified('Api', ['MemorySize'])],
    ['of a resource beside it', modified('Rule', ['Description'])],
    ['that nothing explains', modified('Api', [])],
    ['that adds', modified('Api', [], { action: 'Add' })],
    ['that removes', modified('Api', ['Environment'], { action: 'Remove' })],
  ])('may make no change %s', (_, change) => {
    expect(unseen(stack([change]))).toHaveLength(1);
  });

  it('may not allow anything else', () => {
    const now = stack([], { permissions: ['+ ApiRole: Allow s3:* on *'] });

    expect(unseen(now)).toEqual(['+ ApiRole: Allow s3:* on *']);
  });
});

describe('a planned stack whose change set is made anew', () => {
  const planned = stack([modified('Api', ['Code'])], { reads: { [bus]: 'one' } });

  it('does what was planned, and what follows from the new value', () => {
    expect(unseen(stack([modified('Api', ['Code'])]), planned)).toEqual([]);
    expect(unseen(stack([modified('Api', ['Code', 'Environment'])]), planned)).toEqual([]);
    expect(unseen(stack([]), planned)).toEqual([]);
  });

  it('does nothing else', () => {
    expect(unseen(stack([modified('Api', ['Code', 'MemorySize'])]), planned)).toHaveLength(1);
    expect(unseen(stack([modified('Api', ['Code'], { replacement: 'True' })]), planned)).toHaveLength(1);
    expect(unseen(stack([modified('Api', ['Code'], { type: 'AWS::IAM::Role' })]), planned)).toHaveLength(1);
  });

  it('takes no value that somebody else has written', () => {
    expect(unseen(stack([modified('Api', ['Code'])]), planned, [])).toEqual([
      'it reads two from /shop/bus, which no stack of this release has written',
    ]);
  });

  it('has the same permissions: none more, none less', () => {
    const allowed = { ...planned, permissions: ['- A: Deny s3:* on *'] };

    expect(unseen(stack([], { permissions: ['+ B: Allow s3:* on *'] }), allowed)).toEqual([
      '+ B: Allow s3:* on *',
      'no longer planned: - A: Deny s3:* on *',
    ]);
  });
});

describe('a stack that was planned from its template', () => {
  const { changeSet: _, ...withoutChangeSet } = stack([], { waitsFor: [bus], reads: {} });
  const planned = (changes: PlannedChange[], more: Partial<PlannedStack> = {}): PlannedStack => ({
    ...withoutChangeSet,
    changes,
    ...more,
  });
  const asTold = modified('Api', ['Code'], { replacement: 'Conditional' });

  it('does what was told, what follows from it, and what follows from the value it waited for', () => {
    const now = stack([modified('Address', ['Value']), modified('Api', ['Code'], { replacement: 'True' })]);

    expect(unseen(now, planned([asTold]))).toEqual([]);
    expect(unseen(stack([modified('Rule', ['State'])]), planned([asTold]))).toEqual([]);
    expect(unseen(stack([modified('Rule', ['Description'])]), planned([asTold]))).toHaveLength(1);
  });

  it('may consist of what SAM makes of it', () => {
    const told: PlannedChange = { ...asTold, resource: 'Sandbox', type: 'AWS::Serverless::Function' };
    const now = stack([modified('SandboxVersion1', [], { action: 'Add', type: 'AWS::Lambda::Version' })]);

    expect(unseen(now, planned([told]))).toEqual([]);
    expect(unseen(now, planned([asTold]))).toHaveLength(1);
  });

  it('adds whatever it likes while it is created, and touches nothing that was there', () => {
    const created = { operation: 'create' } as const;
    const now = stack([modified('Anything', [], { action: 'Add' })], created);

    expect(unseen(now, planned([], created))).toEqual([]);
    expect(
      unseen(stack([modified('Anything', [], { action: 'Remove' })], created), planned([], created)),
    ).toHaveLength(1);
    expect(unseen({ ...now, operation: 'update' }, planned([], created))).toHaveLength(1);
  });
});

it('shuts with what nobody has seen and the way out', () => {
  const seen = { planned: undefined, written: new Set<string>() };
  const now = stack([modified('Api', ['Code'], { replacement: 'True' })]);

  expect(() => refuseUnseen(now, packaged, seen)).toThrow(GateShut);
  expect(() => refuseUnseen(now, packaged, seen)).toThrow(
    'shipline-prod-orders-data would change as nobody has seen it: ~ Api (AWS::Lambda::Function): Code: is replaced. Run the gate `plan` again',
  );
  expect(() => refuseUnseen(stack([]), packaged, seen)).not.toThrow();
});
