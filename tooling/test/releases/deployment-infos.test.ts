import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { describe, expect, it } from 'vitest';
import { deploymentsOf } from '../../src/releases/deployment-infos.js';

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: { readonly nextToken?: string; readonly deploymentIds?: readonly string[] };
}

/** CodeDeploy with so many deployments, the youngest first, a hundred to a page, and no more than 25 described at once. */
function codeDeployWith(count: number) {
  const ids = Array.from({ length: count }, (_, age) => `d-${count - age}`);
  const send = async ({ constructor: { name }, input }: Command) => {
    if (name === 'ListDeploymentsCommand') {
      const start = Number(input.nextToken ?? 0);
      const end = start + 100;
      return { deployments: ids.slice(start, end), ...(end < count && { nextToken: String(end) }) };
    }
    const { deploymentIds = [] } = input;
    if (deploymentIds.length > 25) throw new Error('BatchLimitExceededException');
    return {
      deploymentsInfo: deploymentIds.map((deploymentId) => ({
        deploymentId,
        createTime: new Date(Number(deploymentId.slice(2))),
      })),
    };
  };
  return Object.assign(new CodeDeployClient({ region: 'us-east-1' }), { send }) as CodeDeployClient;
}

describe('the deployments of a function', () => {
  it('are all of them, over pages and batches, the oldest first', async () => {
    const found = await deploymentsOf(codeDeployWith(130), { applicationName: 'shipline-prod-catalog' });

    expect(found.map(({ deploymentId }) => deploymentId)).toEqual(
      Array.from({ length: 130 }, (_, n) => `d-${n + 1}`),
    );
  });

  it('are none where there are none', async () => {
    expect(await deploymentsOf(codeDeployWith(0), {})).toEqual([]);
  });
});
