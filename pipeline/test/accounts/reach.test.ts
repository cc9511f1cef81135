import { describe, it } from 'vitest';
import { here } from '../../src/accounts/places.js';
import { deny, permit } from './attempts.js';
import { cloudFormation, dev, greedyFunction, job, prod } from './roles.js';

const { account } = prod;
const stack = here(prod, 'cloudformation', 'stack/shipline-prod-orders/1');

describe('secrets', () => {
  const secretOf = ({ environment, account: owner, region }: typeof prod) =>
    here(
      { account: owner, region },
      'secretsmanager',
      `secret:shipline-${environment}-payment-gateway-AbCdEf`,
    );

  it.each([job('plan', dev), job('deploy', dev), job('test', dev), cloudFormation(dev), greedyFunction(dev)])(
    'of prod are not read from dev by $principal',
    async (actor) => {
      await deny(actor, { action: 'secretsmanager:GetSecretValue', resource: secretOf(prod) });
      // Nor would they be, if somebody put prod's secret into dev's account.
      const moved = secretOf({ ...prod, account: dev.account });
      await deny(actor, { action: 'secretsmanager:GetSecretValue', resource: moved });
    },
  );

  it('are not read by who only plans, tests prod or makes resources', async () => {
    for (const actor of [job('plan'), job('test'), cloudFormation()])
      await deny(actor, { action: 'secretsmanager:GetSecretValue', resource: secretOf(prod) });
  });

  it('are read by who connects the gateway', async () => {
    await permit(job('deploy'), { action: 'secretsmanager:GetSecretValue', resource: secretOf(prod) });
  });
});

describe('who only looks', () => {
  it.each(['cloudformation:ExecuteChangeSet', 'cloudformation:DeleteStack', 'cloudformation:SetStackPolicy'])(
    'does not %s',
    async (action) => {
      await deny(job('plan'), { action, resource: stack });
      await deny(job('test'), { action, resource: stack });
    },
  );

  it('does not change the storefront, nor read what is no contract', async () => {
    const site = `arn:aws:s3:::shipline-prod-site-${account}-us-east-1`;
    await deny(job('plan'), { action: 's3:PutObject', resource: `${site}/api/events.json` });
    await deny(job('plan'), { action: 's3:GetObject', resource: `${site}/index.html` });
  });

  it('does not stop the record, and neither does anybody else', async () => {
    const trail = here(prod, 'cloudtrail', 'trail/shipline');
    for (const actor of [job('plan'), job('deploy'), job('test'), cloudFormation(), greedyFunction()])
      await deny(actor, { action: 'cloudtrail:StopLogging', resource: trail });
  });
});
