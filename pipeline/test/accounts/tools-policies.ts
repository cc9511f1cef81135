import { App } from 'aws-cdk-lib';
import { placeholderVariables } from '../../src/accounts/placeholders.js';
import { accountStack } from '../../src/accounts/synthesize.js';
import { toolsAccount } from './roles.js';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** What resources of the tools account say themselves to who comes from an environment, by what they are called there. */
export function toolsPolicies() {
  const stack = accountStack('tools', { ...placeholderVariables });
  const { template } = (App.of(stack) as App).synth().getStackArtifact(stack.artifactId);
  const resources = Object.entries((template as { Resources: Record<string, Resource> }).Resources);
  const ofType = (type: string) => resources.filter(([, { Type }]) => Type === type);
  const aliases = ofType('AWS::KMS::Alias').map(([, { Properties }]) => {
    const [key] = (Properties['TargetKeyId'] as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
    const policy = resources.find(([id]) => id === key)?.[1].Properties['KeyPolicy'];
    return [String(Properties['AliasName']), plain(policy)] as const;
  });
  const buckets = ofType('AWS::S3::BucketPolicy').map(([, { Properties }]) => {
    const id = (Properties['Bucket'] as { Ref: string }).Ref;
    const name = String(resources.find(([known]) => known === id)?.[1].Properties['BucketName']);
    return [name, plain(Properties['PolicyDocument'], { [id]: `arn:aws:s3:::${name}` })] as const;
  });
  const signer = {
    Version: '2012-10-17',
    Statement: ofType('AWS::Signer::ProfilePermission').map(([, { Properties }]) => ({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${Properties['Principal']}:root` },
      Action: Properties['Action'],
      Resource: '*',
    })),
  };
  return {
    keys: Object.fromEntries(aliases),
    buckets: Object.fromEntries(buckets),
    signer,
    owner: toolsAccount,
  };
}

/** A policy of a template as IAM has it. @param arns By logical id. */
function plain(value: unknown, arns: Readonly<Record<string, string>> = {}): object {
  const resolve = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(resolve);
    if (typeof one !== 'object' || one === null) return one;
    const entries = Object.entries(one);
    const [[name, argument] = ['', undefined]] = entries;
    if (name === 'Ref') return argument === 'AWS::Partition' ? 'aws' : toolsAccount;
    if (name === 'Fn::GetAtt') return arns[(argument as string[])[0] ?? ''] ?? '*';
    if (name === 'Fn::Join') return (resolve((argument as unknown[])[1]) as string[]).join('');
    return Object.fromEntries(entries.map(([key, member]) => [key, resolve(member)]));
  };
  return resolve(value) as object;
}
