import { artifactBucketName, environment, placeholderInputs } from '@shipline/infra';
import { describe, expect, it } from 'vitest';
import { here } from '../../src/accounts/places.js';
import { allow } from '../../src/accounts/statements.js';
import { templatesOf } from '../../src/accounts/synthesize.js';
import { deny, permit } from './attempts.js';
import { cloudFormation, dev, job, prod, toolsAccount } from './roles.js';

const { account } = prod;
const bucket = `arn:aws:s3:::${artifactBucketName(prod)}`;
const profile = here({ ...prod, account: toolsAccount }, 'signer', '/signing-profiles/shipline_prod');

describe('the code that prod runs', () => {
  it('is put where it is deployed from by who deploys, and by nobody else', async () => {
    const attempt = { action: 's3:PutObject', resource: `${bucket}/deploy/orders/0123456789abcdef` };
    await permit(job('deploy'), attempt);
    for (const actor of [job('plan'), job('test'), cloudFormation()]) await deny(actor, attempt);
  });

  it('has no twin that a plan has put there before, wherever its key may be looked for', async () => {
    for (const key of ['orders/0123-shipline_prod-v1.zip', 'deploy/signed/0123-shipline_prod-v1.zip', 'plan'])
      await deny(job('plan'), { action: 's3:PutObject', resource: `${bucket}/${key}` });
    await permit(job('plan'), { action: 's3:PutObject', resource: `${bucket}/plan/orders/0123.template` });
  });

  it('is not read from where plans are written', async () => {
    const attempt = (prefix: string) => ({
      action: 's3:GetObject',
      resource: `${bucket}/${prefix}/orders/0123`,
    });
    await deny(job('deploy'), attempt('plan'));
    await deny(cloudFormation(), attempt('plan'));
    await permit(cloudFormation(), attempt('deploy'));
  });

  it('is signed by who deploys, and by nobody else', async () => {
    const attempt = { action: 'signer:StartSigningJob', resource: profile };
    // The profile lets the whole account of prod: who there signs is decided by its roles.
    const Principal = { AWS: `arn:aws:iam::${account}:root` };
    const Statement = [{ Effect: 'Allow', Principal, Action: attempt.action, Resource: profile }];
    const letsProd = { owner: toolsAccount, policy: { Version: '2012-10-17', Statement } };
    await permit(job('deploy'), attempt, letsProd);
    for (const actor of [job('plan'), job('test'), cloudFormation()]) await deny(actor, attempt, letsProd);
  });
});

describe('a function of prod', () => {
  const resource = here(prod, 'lambda', 'function:shipline-prod-orders-api');
  const context = { 'lambda:CodeSigningConfigArn': here(prod, 'lambda', 'code-signing-config:csc-1') };

  it('is never made without a signing configuration, whatever a template says', async () => {
    await permit(cloudFormation(), { action: 'lambda:CreateFunction', resource, context });
    await deny(cloudFormation(), { action: 'lambda:CreateFunction', resource });
  });

  it('never loses it', async () => {
    const hole = allow(['lambda:DeleteFunctionCodeSigningConfig'], ['*']);
    const generous = { ...cloudFormation(), statements: [...cloudFormation().statements, hole] };
    await deny(generous, { action: 'lambda:DeleteFunctionCodeSigningConfig', resource });
  });

  it('has one in every template, or CloudFormation could not make it', () => {
    const functions = templatesOf(environment('prod', placeholderInputs))
      .flatMap(({ Resources }) => Object.values(Resources) as { Type: string; Properties?: object }[])
      .filter(({ Type }) => Type === 'AWS::Lambda::Function');

    expect(functions.length).toBeGreaterThan(20);
    for (const { Properties } of functions) expect(Properties).toHaveProperty('CodeSigningConfigArn');
  });

  it('is no matter in dev, whose code nobody signs', async () => {
    const ofDev = here(dev, 'lambda', 'function:shipline-dev-orders-api');
    await permit(cloudFormation(dev), { action: 'lambda:CreateFunction', resource: ofDev });
  });
});
