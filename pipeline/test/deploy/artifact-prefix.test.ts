import { describe, expect, it } from 'vitest';
import { artifactPrefixOf, asDeployed } from '../../src/deploy/artifact-prefix.js';

const session = (role: string) => `arn:aws:sts::100000000004:assumed-role/${role}/job-1`;

describe('artifacts', () => {
  it('of who only plans lie apart', () => {
    expect(artifactPrefixOf(session('shipline-prod-plan'), 'prod')).toBe('plan');
  });

  it.each([session('shipline-prod-deploy'), session('Admin'), 'arn:aws:iam::100000000004:root'])(
    'of %s lie where they are deployed from',
    (caller) => {
      expect(artifactPrefixOf(caller, 'prod')).toBe('deploy');
    },
  );

  it('are named by a plan where the deployment will put them, and nothing else is changed', () => {
    const md5 = '0123456789abcdef0123456789abcdef';
    const template = (prefix: string) => ({
      Api: { Code: { S3Bucket: 'b', S3Key: `${prefix}/orders/${md5}` } },
      Relay: { CodeUri: `s3://b/${prefix}/orders/${md5}` },
    });
    const other = { Description: 'plan/orders/of the day', Other: `plan/cart/${md5}` };

    expect(asDeployed({ ...template('plan'), other }, 'orders')).toEqual({ ...template('deploy'), other });
    expect(asDeployed(template('deploy'), 'orders')).toEqual(template('deploy'));
  });
});
