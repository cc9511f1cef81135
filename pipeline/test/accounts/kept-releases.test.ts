import { expect, it } from 'vitest';
import { releaseBucketName } from '../../src/accounts/names.js';
import { deny, permit } from './attempts.js';
import { dev, job, prod, toolsAccount } from './roles.js';
import { toolsPolicies } from './tools-policies.js';

const bucket = releaseBucketName(toolsAccount, prod.region);
const resource = `arn:aws:s3:::${bucket}/releases/90d828c76bc6/manifest.json`;
const ifAbsent = { 's3:if-none-match': '*' };

it('a kept release is added to and read by deployments, and written over by none', async () => {
  const { buckets, owner } = toolsPolicies();
  const policy = buckets[bucket];
  expect(policy).toBeDefined();
  const says = { owner, policy: policy ?? {} };
  for (const actor of [job('deploy', dev), job('deploy', prod)]) {
    const context = { 'aws:PrincipalArn': actor.principal, 'aws:SecureTransport': 'true' };
    await permit(actor, { action: 's3:GetObject', resource, context }, says);
    await permit(actor, { action: 's3:PutObject', resource, context: { ...context, ...ifAbsent } }, says);
    for (const action of ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'])
      await deny(actor, { action, resource, context }, says);
  }
});
