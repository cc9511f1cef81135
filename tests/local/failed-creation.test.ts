import { randomUUID } from 'node:crypto';
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import { removeFailedCreation } from '@shipline/tooling/deploy/failed-creation';
import { afterEach, describe, expect, it } from 'vitest';

const client = new CloudFormationClient({});
const parameter = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'any' } };
const broken = {
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Value: '{{resolve:ssm:/shipline/nowhere}}' },
};

describe('what is left of a stack', () => {
  const name = `failed-creation-${randomUUID()}`;
  const create = (resources: object) =>
    client.send(
      new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify({ Resources: resources }) }),
    );
  const statusNow = async () => (await describeStack(client, name))?.StackStatus;
  const reaches = (status: string) => expect.poll(statusNow, { timeout: 60_000 }).toBe(status);
  afterEach(() => client.send(new DeleteStackCommand({ StackName: name })));

  it('goes when its creation failed, so that it can be created anew', async () => {
    await create({ Sound: parameter, Broken: { ...broken, DependsOn: 'Sound' } });
    await reaches('ROLLBACK_COMPLETE');

    expect(await removeFailedCreation(client, name)).toBe(true);

    await create({ Sound: parameter });
    await reaches('CREATE_COMPLETE');
  });

  it('stays when it runs, and need not be there', async () => {
    expect(await removeFailedCreation(client, name)).toBe(false);
    await create({ Sound: parameter });
    await reaches('CREATE_COMPLETE');

    expect(await removeFailedCreation(client, name)).toBe(false);

    expect(await statusNow()).toBe('CREATE_COMPLETE');
  });
});
