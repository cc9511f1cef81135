import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { planStacks } from '@shipline/pipeline/deploy/planning';
import { deployStack } from '@shipline/pipeline/deploy/stack-deployment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stagingAccount, type Template } from './staging.js';

const read = '/shipline/staging/test/read';
const later = '/shipline/staging/test/later';
const written = '/shipline/staging/test/written';
let staging: Awaited<ReturnType<typeof stagingAccount>>;

beforeAll(async () => {
  staging = await stagingAccount();
});
afterAll(() => staging.removeFolder());

const parameter = (Name: string, Value: unknown) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value },
});

/** A stack that hands on what it reads. */
const reader = (Resources: Template['Resources'] = {}) =>
  staging.released('cart', {
    Parameters: { Read: { Type: 'AWS::SSM::Parameter::Value<String>', Default: read } },
    Resources: { Written: parameter(written, { Ref: 'Read' }), ...Resources },
  });

/** The deployment of a release whose stacks before this one have written what it reads. */
const afterOthers = () => ({ ...staging.deployment, written: new Set([read]) });

const write = (Value: string, Name = read) =>
  staging.account.parameterStore.send(
    new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }),
  );
const handedOn = async () =>
  (await staging.account.parameterStore.send(new GetParameterCommand({ Name: written }))).Parameter?.Value;

describe('a stack that reads what another one writes', () => {
  it('is planned from its template while nobody has written it, and deployed once somebody has', async () => {
    const {
      stacks: [planned],
    } = await planStacks(staging.deployment, [reader()]);

    expect(planned).toMatchObject({
      operation: 'create',
      waitsFor: [read],
      changes: [{ action: 'Add', resource: 'Written', type: 'AWS::SSM::Parameter' }],
    });
    expect(planned?.changeSet).toBeUndefined();
    await expect(deployStack(staging.deployment, reader(), planned)).rejects.toThrow(
      `shipline-staging-cart reads what nobody has written: ${read}.`,
    );

    await write('one');
    expect(await deployStack(afterOthers(), reader(), planned)).toBe(true);
    expect(await handedOn()).toBe('one');
  });

  it('is left alone while the value is the same, and follows when it is another one', async () => {
    expect((await planStacks(staging.deployment, [reader()])).stacks).toEqual([]);

    await write('two');
    const {
      stacks: [planned],
    } = await planStacks(staging.deployment, [reader()]);
    expect(planned?.reads).toEqual({ [read]: 'two' });

    // An earlier stack of the release writes it once more: the planned change set would be of yesterday.
    await write('three');
    await expect(deployStack(staging.deployment, reader(), planned)).rejects.toThrow(
      `it reads three from ${read}, which no stack of this release has written`,
    );
    expect(await deployStack(afterOthers(), reader(), planned)).toBe(true);
    expect(await handedOn()).toBe('three');
  });

  it('follows as a stack that the plan leaves alone, as far as the value leads, and tells what it has written', async () => {
    expect((await planStacks(staging.deployment, [reader()])).stacks).toEqual([]);
    await write('four');
    const nobodyHasWritten = { ...staging.deployment, written: new Set<string>() };

    await expect(deployStack(nobodyHasWritten, reader(), undefined)).rejects.toThrow(
      'shipline-staging-cart would change as nobody has seen it: ~ Written (AWS::SSM::Parameter): Value',
    );
    const others = afterOthers();
    expect(await deployStack(others, reader(), undefined)).toBe(true);
    expect(await handedOn()).toBe('four');
    expect([...others.written]).toEqual([read, written]);
  });

  it('is told from its template and the deployed one when it is there already', async () => {
    const more = { Later: { Type: 'AWS::SSM::Parameter::Value<String>', Default: later } };
    const next = () =>
      staging.released('cart', {
        Parameters: more,
        Resources: { Written: parameter(written, { Ref: 'Later' }) },
      });
    const kept = parameter('/shipline/staging/test/kept', 'kept');
    const before = reader({ Kept: kept });
    const { stacks } = await planStacks(staging.deployment, [before]);
    await deployStack(staging.deployment, before, stacks[0]);

    const {
      stacks: [planned],
    } = await planStacks(staging.deployment, [next()]);
    expect(planned).toMatchObject({
      operation: 'update',
      waitsFor: [later],
      changes: [
        { action: 'Remove', resource: 'Kept' },
        { action: 'Modify', resource: 'Written', properties: ['Value'] },
      ],
    });

    await write('five', later);
    expect(await deployStack({ ...staging.deployment, written: new Set([later]) }, next(), planned)).toBe(
      true,
    );
    expect(await handedOn()).toBe('five');
  });
});
