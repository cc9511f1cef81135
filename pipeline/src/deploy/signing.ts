import { PutSigningProfileCommand, SignerClient, ValidationException } from '@aws-sdk/client-signer';

/** By what an environment's functions are signed. */
export interface SigningProfile {
  readonly name: string;
  /** The account that has it. */
  readonly owner: string;
  readonly version: string;
}

/** @param versionArn `arn:aws:signer:<region>:<owner>:/signing-profiles/<name>/<version>` */
export function signingProfileOf(versionArn: string): SigningProfile {
  const [, owner = '', name = '', version = ''] =
    /^arn:[\w-]+:signer:[\w-]+:(\d{12}):\/signing-profiles\/(\w+)\/(\w+)$/.exec(versionArn) ?? [];
  if (!version) throw new Error(`'${versionArn}' is not the ARN of a signing profile’s version.`);
  return { name, owner, version };
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
export interface SignableTemplate {
  readonly Resources?: Readonly<Record<string, Resource>>;
}

/** `Function=profile:owner` for the functions that `sam package` signs: those of its own type, whose zip it uploads. */
export function signingArguments(template: SignableTemplate, { name, owner }: SigningProfile): string[] {
  return Object.entries(template.Resources ?? {})
    .filter(
      ([, { Type, Properties }]) => Type === 'AWS::Serverless::Function' && isPath(Properties?.['CodeUri']),
    )
    .map(([id]) => `${id}=${name}:${owner}`);
}

const isPath = (code: unknown) => typeof code === 'string' && !code.startsWith('s3://');

/** A zip in a bucket, as a function of CloudFormation names it. */
export interface PackagedCode {
  readonly S3Bucket: string;
  readonly S3Key: string;
}

/**
 * `sam package --signing-profiles` passes over functions of CloudFormation's own type without a word: they are signed
 * after it.
 * @param sign Gives the signed twin of a function's zip.
 * @returns the template with the signed zips in it.
 */
export async function withSignedCode(
  template: SignableTemplate,
  sign: (id: string, code: PackagedCode) => Promise<PackagedCode>,
): Promise<SignableTemplate> {
  const signed = Object.entries(template.Resources ?? {}).map(async ([id, resource]) => {
    const code = resource.Properties?.['Code'];
    if (resource.Type !== 'AWS::Lambda::Function' || !isPackaged(code)) return [id, resource] as const;
    return [id, { ...resource, Properties: { ...resource.Properties, Code: await sign(id, code) } }] as const;
  });
  return { ...template, Resources: Object.fromEntries(await Promise.all(signed)) };
}

const isPackaged = (code: unknown): code is PackagedCode =>
  typeof code === 'object' && code !== null && 'S3Bucket' in code && 'S3Key' in code;

/** On AWS the account's bootstrap makes the profile; the laptop's account has none until it is first asked to sign. */
export async function ensureLocalProfile({ name }: SigningProfile): Promise<void> {
  try {
    await new SignerClient({}).send(
      new PutSigningProfileCommand({ profileName: name, platformId: 'AWSLambda-SHA384-ECDSA' }),
    );
  } catch (error) {
    if (!(error instanceof ValidationException && error.code === 'ProfileAlreadyExists')) throw error;
  }
}
