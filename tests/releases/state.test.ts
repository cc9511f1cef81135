import {
  DescribeStacksCommand,
  GetStackPolicyCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { stackName, stackPolicy } from '@shipline/infra';
import { DataStack } from '@shipline/infra/stacks/data-stack';
import { planStacks } from '@shipline/pipeline/deploy/planning';
import { deployStack } from '@shipline/pipeline/deploy/stack-deployment';
import { refuseLossOfState } from '@shipline/pipeline/deploy/state-guard';
import { App } from 'aws-cdk-lib';
import { Template as Synthesized } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stagingAccount, type Template } from './staging.js';

const name = stackName('staging', 'cart-data');
let staging: Awaited<ReturnType<typeof stagingAccount>>;

beforeAll(async () => {
  staging = await stagingAccount();
});
afterAll(() => staging.removeFolder());

/** The cart's data as the sources have them, with a change. */
function dataOfCart(change: (template: Template) => void = () => {}) {
  const bundles = () => {
    throw new Error('Data have no functions.');
  };
  const stack = new DataStack(new App(), { environment: staging.environment, bundles }, 'cart');
  const template = Synthesized.fromStack(stack).toJSON() as Template;
  change(template);
  return staging.released('cart-data', template);
}

const tableIn = ({ Resources }: Template) => {
  const found = Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::DynamoDB::Table');
  if (!found) throw new Error('The cart has no table.');
  return { id: found[0], properties: found[1].Properties };
};

async function stack() {
  const { Stacks: [found] = [] } = await staging.account.cloudFormation.send(
    new DescribeStacksCommand({ StackName: name }),
  );
  return found;
}

const tableName = async () =>
  (await stack())?.Outputs?.find(({ OutputKey }) => OutputKey === 'TableName')?.OutputValue ?? '';
const statusOfTable = async (table: string) =>
  (await new DynamoDBClient({}).send(new DescribeTableCommand({ TableName: table }))).Table?.TableStatus;

describe('a stack with state', () => {
  it('is created by the change set that was planned, and protected', async () => {
    const cart = dataOfCart();
    const {
      stacks: [planned],
    } = await planStacks(staging.deployment, [cart]);

    expect(planned?.operation).toBe('create');
    expect(await deployStack(staging.deployment, cart, planned)).toBe(true);

    expect((await stack())?.EnableTerminationProtection).toBe(true);
    const { StackPolicyBody = '{}' } = await staging.account.cloudFormation.send(
      new GetStackPolicyCommand({ StackName: name }),
    );
    expect(JSON.parse(StackPolicyBody)).toEqual(stackPolicy);
    expect(await statusOfTable(await tableName())).toBe('ACTIVE');
  });

  it('is left alone by a release that has the same template', async () => {
    const { stacks, unchanged } = await planStacks(staging.deployment, [dataOfCart()]);

    expect(stacks).toEqual([]);
    expect(unchanged.map(({ id }) => id)).toEqual(['cart-data']);
  });

  it('is changed in place', async () => {
    const cart = dataOfCart((template) => {
      tableIn(template).properties['ContributorInsightsSpecification'] = { Enabled: true };
    });
    const { stacks } = await planStacks(staging.deployment, [cart]);

    expect(stacks[0]?.changes).toMatchObject([
      { action: 'Modify', replacement: 'False', properties: ['ContributorInsightsSpecification'] },
    ]);
    expect(() => refuseLossOfState(stacks)).not.toThrow();
    expect(await deployStack(staging.deployment, cart, stacks[0])).toBe(true);
  });

  it.each<[string, string, (template: Template) => void]>([
    [
      'replaced',
      'Update:Replace',
      (template) => {
        tableIn(template).properties['TableName'] = 'shipline-staging-planted';
      },
    ],
    [
      'deleted',
      'Update:Delete',
      (template) => {
        // Another one takes its place, so that what refers to the table still can.
        const { id, properties } = tableIn(template);
        const text = JSON.stringify(template).replaceAll(`"${id}"`, '"PlantedTable"');
        Object.assign(template, JSON.parse(text));
        expect(properties['TableName']).toBeUndefined();
      },
    ],
  ])(
    'is never %s: the plan shuts, and the policy of the stack when that is forced',
    async (_, action, plant) => {
      const before = await tableName();
      const planted = dataOfCart(plant);
      const { stacks } = await planStacks(staging.deployment, [planted]);

      expect(() => refuseLossOfState(stacks)).toThrow(
        /State would be lost: shipline-staging-cart-data would/,
      );
      // Past the gate, as if nobody had looked.
      await expect(deployStack(staging.deployment, planted, stacks[0])).rejects.toThrow(
        `Action denied by stack policy: Statement [#2] does not allow [${action}]`,
      );

      expect((await stack())?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(await tableName()).toBe(before);
      expect(await statusOfTable(before)).toBe('ACTIVE');
    },
  );

  it('takes the next sound release after a refused one', async () => {
    const cart = dataOfCart();
    const { stacks } = await planStacks(staging.deployment, [cart]);

    await deployStack(staging.deployment, cart, stacks[0]);

    expect((await planStacks(staging.deployment, [cart])).stacks).toEqual([]);
    const { TemplateBody } = await staging.account.cloudFormation.send(
      new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
    );
    expect(TemplateBody).toContain(cart.digest);
  });
});
