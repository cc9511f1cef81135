import { describe, expect, it } from 'vitest';
import { signingArguments, signingProfileOf, withSignedCode } from '../../src/deploy/signing.js';

const arn = 'arn:aws:signer:us-east-1:100000000004:/signing-profiles/shipline_prod/abcdefghij';

describe('signing', () => {
  it('reads name, owner and version of a profile from its ARN', () => {
    expect(signingProfileOf(arn)).toEqual({
      name: 'shipline_prod',
      owner: '100000000004',
      version: 'abcdefghij',
    });
  });

  it('refuses an ARN of anything else', () => {
    expect(() => signingProfileOf('arn:aws:iam::100000000004:role/signer')).toThrow('signing profile');
  });

  it('lets SAM sign the functions of its own type whose zip it uploads, and nothing else', () => {
    const template = {
      Resources: {
        Relay: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: '../../assets/b.zip' } },
        Uploaded: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: 's3://bucket/key' } },
        Api: { Type: 'AWS::Lambda::Function', Properties: { Code: '../../assets/a.zip' } },
        Table: { Type: 'AWS::DynamoDB::Table' },
      },
    };

    expect(signingArguments(template, signingProfileOf(arn))).toEqual(['Relay=shipline_prod:100000000004']);
  });

  it("puts the signed twins of zips into CloudFormation's own functions, and leaves the rest as it is", async () => {
    const inline = { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'x' } } };
    const api = {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Bucket: 'b', S3Key: 'k' }, Timeout: 3 },
    };
    const layer = { Type: 'AWS::Other::Thing', Properties: { Code: { S3Bucket: 'b', S3Key: 'k' } } };
    const template = { Description: 'd', Resources: { Api: api, Inline: inline, Layer: layer } };

    const signed = await withSignedCode(template, async (id, { S3Bucket, S3Key }) => ({
      S3Bucket,
      S3Key: `${S3Key}-signed-${id}`,
    }));

    expect(signed).toEqual({
      Description: 'd',
      Resources: {
        Api: { ...api, Properties: { Code: { S3Bucket: 'b', S3Key: 'k-signed-Api' }, Timeout: 3 } },
        Inline: inline,
        Layer: layer,
      },
    });
  });
});
