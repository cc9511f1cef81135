import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { planStacks } from '@shipline/pipeline/deploy/planning';
import { deployStack } from '@shipline/pipeline/deploy/stack-deployment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stagingAccount } from './staging.js';

const read = '/shipline/staging/test/read';
const written = '/shipline/staging/test/written';
let staging: Awaited<ReturnType<typeof stagingAccount>>;

beforeAll(async () => {
  staging = await stagingAccount();
});
afterAll(() => staging.removeFolder());

/** A stack that hands on what it reads. */
const reader = () =>
  staging.released('cart', {
    Parameters: { Read: { Type: 'AWS::SSM::Parameter::Value<String>', Default: read } },
    Resources: {
      Written: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: written, Type: 'String', Value: { Ref: 'Read' } },
      },
    },
  });

const write = (Value: string) =>
  staging.account.parameterStore.send(
    new PutParameterCommand({ Name: read, Value, Type: 'String', Overwrite: true }),
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
    expect(await deployStack(staging.deployment, reader(), planned)).toBe(true);
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
    expect(await deployStack(staging.deployment, reader(), planned)).toBe(true);
    expect(await handedOn()).toBe('three');
  });
});
