import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { concurrencyWithCode, refuseConcurrencyWithCode } from '../../src/deploy/concurrency-gate.js';

const template = (version: string, warm?: number) => ({
  Resources: {
    Live: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionVersion: { 'Fn::GetAtt': [version, 'Version'] },
        ...(warm !== undefined && {
          ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: warm },
        }),
      },
    },
    Version: { Type: 'AWS::Lambda::Version', Properties: {} },
  },
});

it.each([
  ['more of it', template('One', 1), template('Two', 2)],
  ['the first of it', template('One'), template('Two', 1)],
  ['none any more', template('One', 1), template('Two')],
])('finds a new version together with %s', (_, deployed, wanted) => {
  expect(concurrencyWithCode(deployed, wanted)).toEqual(['Live']);
});

it.each([
  ['only the version is new', template('One', 1), template('Two', 1)],
  ['only the concurrency is', template('One', 1), template('One', 2)],
  ['the alias is made now', {}, template('One', 2)],
  ['the deployed template cannot be read', undefined, template('One', 2)],
])('finds nothing where %s', (_, deployed, wanted) => {
  expect(concurrencyWithCode(deployed, wanted)).toEqual([]);
});

const account = (deployed: unknown) =>
  ({
    send: async ({ constructor: { name } }: object) =>
      name === 'GetTemplateCommand'
        ? { TemplateBody: JSON.stringify(deployed) }
        : { Stacks: [{ StackStatus: 'UPDATE_COMPLETE' }] },
  }) as unknown as CloudFormationClient;

const stack = {
  stackName: 'shipline-prod-orders',
  templateFile: '',
  template: template('Two', 2),
  dependsOn: [],
};

it('stops such a release with the way out, and no other', async () => {
  await expect(refuseConcurrencyWithCode(account(template('One', 1)), [stack])).rejects.toThrow(
    /shipline-prod-orders\/Live.*release the code first/,
  );
  await expect(refuseConcurrencyWithCode(account(template('One', 2)), [stack])).resolves.toBeUndefined();
});
