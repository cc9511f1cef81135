import { parsedTemplate } from '@shipline/tooling/deploy/parsed-template';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { digestIn, templateWithDigest } from '../../src/deploy/template-digest.js';

const template = { Metadata: { Kept: true }, Resources: { A: { Type: 'AWS::SNS::Topic' } } };

describe('the digest in a template', () => {
  it('comes back out of what SAM has deployed, which is YAML', () => {
    const deployed = parsedTemplate(stringify(templateWithDigest(template, 'c0ffee')));

    expect(digestIn(deployed)).toBe('c0ffee');
  });

  it('leaves everything else as it is', () => {
    expect(templateWithDigest(template, 'c0ffee')).toMatchObject(template);
  });

  it('is absent where another tool has deployed', () => {
    expect(digestIn(template)).toBeUndefined();
    expect(digestIn(undefined)).toBeUndefined();
  });
});
