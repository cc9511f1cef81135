import { describe, expect, it } from 'vitest';
import { environment, inputsFrom } from '../src/environments.js';
import { synthesisOf } from './synthesis.js';
import { ofType } from './template.js';

const templatesOf = (name: 'staging' | 'prod') => Object.values(synthesisOf(name).templates);

describe('prod', () => {
  it('runs signed code only: every function names a configuration that enforces it', () => {
    const functions = templatesOf('prod').flatMap((template) =>
      ofType(template, 'AWS::Lambda::Function').map(([id, { Properties }]) => {
        const [, arn] = Object.entries(Properties?.['CodeSigningConfigArn'] ?? {})[0] ?? [];
        const config = template.Resources[String((arn as string[] | undefined)?.[0])];
        return [id, config?.Properties?.['CodeSigningPolicies'], config?.Properties?.['AllowedPublishers']];
      }),
    );

    expect(functions.length).toBeGreaterThan(30);
    for (const [, policies, publishers] of functions) {
      expect(policies).toEqual({ UntrustedArtifactOnDeployment: 'Enforce' });
      expect(publishers).toEqual({
        SigningProfileVersionArns: [expect.stringMatching(/^arn:aws:signer:.*\/signing-profiles\//)],
      });
    }
  });

  it('says that it needs the signing profile', () => {
    const inputs = inputsFrom({
      SHIPLINE_PROD_ACCOUNT: '100000000004',
      SHIPLINE_STRIPE_PUBLISHABLE_KEY: 'pk_live_mine',
    });

    expect(() => environment('prod', inputs)).toThrow('SHIPLINE_SIGNING_PROFILE_ARN');
  });

  it('refuses something that is no version of a profile', () => {
    expect(() => inputsFrom({ SHIPLINE_SIGNING_PROFILE_ARN: 'shipline' })).toThrow(
      'SHIPLINE_SIGNING_PROFILE_ARN must be the ARN of a signing profile’s version',
    );
  });
});

describe('staging', () => {
  it('takes any code', () => {
    const types = templatesOf('staging').flatMap((template) =>
      ofType(template, 'AWS::Lambda::CodeSigningConfig'),
    );

    expect(types).toEqual([]);
  });
});
