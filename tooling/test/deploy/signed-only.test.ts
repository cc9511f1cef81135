import { environment, environmentNames, placeholderInputs } from '@shipline/infra';
import { expect, it } from 'vitest';
import { readOutputs } from '../../src/deploy/outputs.js';
import { refuseUnsigned } from '../../src/deploy/signed-only.js';
import { accountWith } from './account.js';

it('the CDK deploys to every environment but prod', () => {
  const refused = environmentNames.filter((name) => {
    try {
      refuseUnsigned(name);
      return false;
    } catch {
      return true;
    }
  });

  expect(refused).toEqual(['prod']);
});

it.each([
  ['staging', 'run `pnpm deploy:staging`.'],
  ['prod', 'take a release along the road to it (docs/delivery.md).'],
] as const)('where %s is not deployed, the sentence names the way that is open', async (name, way) => {
  const { cloudFormation } = accountWith({ stacks: {} }).clients;
  const target = { environment: environment(name, placeholderInputs), local: undefined };

  await expect(readOutputs(cloudFormation, target)).rejects.toThrow(way);
});
