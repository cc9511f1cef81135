import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { endpoints } from '@shipline/contracts';
import { describe, expect, it } from 'vitest';
import { environmentNames } from '../src/environment.js';
import { apiPaths } from '../src/stacks/edge-stack.js';
import { synthesisOf } from './synthesis.js';
import { ofType } from './template.js';

interface ViewerRequest {
  uri: string;
}
type SiteRequest = (event: { request: ViewerRequest }) => ViewerRequest & { statusCode?: number };

const source = readFileSync(resolve(import.meta.dirname, '../src/edge/site-request.js'), 'utf8');
const siteRequest = new Function(`${source}; return handler;`)() as SiteRequest;

describe('the site', () => {
  it.each(['/', '/products/MUG-CANARY', '/orders/', '/apis'])(
    'answers the page %s with its one document',
    (uri) => {
      expect(siteRequest({ request: { uri } })).toEqual({ uri: '/index.html' });
    },
  );

  it.each(['/assets/index-4f2a.js', '/config.json', '/api/openapi.json', '/.well-known/security.txt'])(
    'leaves the file %s alone',
    (uri) => {
      expect(siteRequest({ request: { uri } })).toEqual({ uri });
    },
  );

  it.each(['/api', '/api/', '/api/unknown', '/api/payments'])('has nothing at %s', (uri) => {
    expect(siteRequest({ request: { uri } })).toMatchObject({
      statusCode: 404,
      headers: {
        'strict-transport-security': { value: expect.stringContaining('max-age') },
        'x-content-type-options': { value: 'nosniff' },
        'referrer-policy': { value: 'no-referrer' },
      },
    });
  });

  it.each([
    '/releases/history.json',
    '/releases/0123456789ab/index.html',
    '/releases',
    '/%72eleases/history.json',
    '/releases%2Fhistory.json',
    '//releases/history.json',
  ])('does not serve the kept releases, as at %s', (uri) => {
    expect(siteRequest({ request: { uri } })).toMatchObject({ statusCode: 404 });
  });

  it('leaves alone what only looks like them, or cannot be decoded', () => {
    for (const uri of ['/releases.html', '/pictures/releases/1.svg', '/%E0%A4%A.svg'])
      expect(siteRequest({ request: { uri } })).toEqual({ uri });
  });
});

describe('the front door', () => {
  const matches = (pattern: string, path: string) =>
    pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;

  it.each(Object.values(endpoints))(
    'leads $method $path to the service that owns it',
    ({ path, service }) => {
      const owners = Object.entries(apiPaths).filter(([pattern]) => matches(pattern, path));
      expect(owners.map(([, owner]) => owner)).toEqual([service]);
    },
  );

  it('keeps the OpenAPI document a file of the site', () => {
    expect(Object.keys(apiPaths).filter((pattern) => matches(pattern, '/api/openapi.json'))).toEqual([]);
  });

  it('lets a page load the card company’s form, sign in, and nothing else', () => {
    const policyOf = (name: 'local' | 'prod') => {
      const [[, policy] = []] = ofType(
        synthesisOf(name).templates.edge,
        'AWS::CloudFront::ResponseHeadersPolicy',
      );
      return JSON.stringify(policy?.Properties);
    };
    expect(policyOf('prod')).toContain("script-src 'self' https://js.stripe.com https://*.js.stripe.com;");
    expect(policyOf('prod')).toContain(
      "connect-src 'self' https://cognito-idp.us-east-1.amazonaws.com https://api.stripe.com;",
    );
    expect(policyOf('local')).toContain('frame-src http://127.0.0.1:4568;');
    expect(policyOf('local')).toContain("connect-src 'self' http://127.0.0.1:4566 http://127.0.0.1:4568;");
  });

  it('tells the storefront what it needs, and no secret', () => {
    const config = synthesisOf('prod').templates.edge.Outputs?.['RuntimeConfig']?.Value;
    const text = JSON.stringify(config);
    for (const key of [
      'environment',
      'region',
      'userPoolId',
      'userPoolClientId',
      'scriptUrl',
      'publishableKey',
    ])
      expect(text).toContain(key);
    expect(text).toContain('https://js.stripe.com/v3/');
  });

  it.each(environmentNames)(
    'of %s keeps no log of paths: a guest’s cart has its bearer token there',
    (name) => {
      const { edge } = synthesisOf(name).templates;
      const [[, distribution] = []] = ofType(edge, 'AWS::CloudFront::Distribution');
      expect(distribution?.Properties?.['DistributionConfig']).not.toHaveProperty('Logging');
      expect(ofType(edge, 'AWS::S3::Bucket')).toHaveLength(1);
    },
  );

  it('keeps the bucket for itself', () => {
    const { edge } = synthesisOf('prod').templates;
    for (const [, bucket] of ofType(edge, 'AWS::S3::Bucket'))
      expect(bucket.Properties?.['PublicAccessBlockConfiguration']).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    expect(ofType(edge, 'AWS::CloudFront::OriginAccessControl')).toHaveLength(1);
  });

  it('does not let the distribution read the kept releases', () => {
    const [[, policy] = []] = ofType(synthesisOf('prod').templates.edge, 'AWS::S3::BucketPolicy');
    const document = policy?.Properties?.['PolicyDocument'] as { Statement: object[] } | undefined;

    expect(document?.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: { 'Fn::Join': ['', [expect.anything(), '/releases/*']] },
      }),
    );
  });
});
