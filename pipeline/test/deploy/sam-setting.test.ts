import type { S3Client } from '@aws-sdk/client-s3';
import { environment, placeholderInputs } from '@shipline/infra';
import { describe, expect, it } from 'vitest';
import { executionRole, samSettingOf } from '../../src/deploy/sam-setting.js';

describe('CloudFormation’s role', () => {
  it('is that of the environment', () => {
    expect(executionRole(environment('prod', placeholderInputs))).toBe(
      'arn:aws:iam::100000000004:role/shipline-prod-cloudformation',
    );
  });

  it('is nobody’s on the laptop’s own account, which nobody bootstraps', () => {
    expect(executionRole(environment('local', placeholderInputs))).toBeUndefined();
  });
});

describe('an account on AWS that nobody has bootstrapped', () => {
  it('is refused, and no bucket is made there', async () => {
    const asked: string[] = [];
    const s3 = {
      send: async (command: object) => {
        asked.push(command.constructor.name);
        throw Object.assign(new Error('absent'), { name: 'NotFound' });
      },
    } as unknown as S3Client;

    const target = { environment: environment('dev', placeholderInputs), local: undefined };
    await expect(samSettingOf(target, s3, () => {})).rejects.toThrow(
      'Account 100000000002 has no bucket shipline-artifacts-100000000002-us-east-1: `pnpm bootstrap dev` makes it',
    );
    expect(asked).toEqual(['HeadBucketCommand']);
  });
});
