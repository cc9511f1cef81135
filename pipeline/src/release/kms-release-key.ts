import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  GetPublicKeyCommand,
  KMSClient,
  NotFoundException,
  SignCommand,
} from '@aws-sdk/client-kms';
import { inputsFrom } from '@shipline/infra';
import { cloudPlace, cloudUrls } from '@shipline/local-cloud';
import { releaseKeyAlias } from '../accounts/names.js';
import { localToolsAccount, region } from '../accounts/tools.js';
import { GateShut } from '../gates/gate.js';
import type { ReleaseKey } from './signature.js';

/**
 * The release key in KMS. Its ARN or alias is in `SHIPLINE_RELEASE_KEY`, because an environment's account knows the key
 * by its ARN only; without it, the alias in the account of the credentials. On the local cloud the key is made when it
 * is first asked for: nothing else has to stand there before.
 * @throws {GateShut} where there is none.
 */
export async function releaseKey(env: NodeJS.ProcessEnv = process.env): Promise<ReleaseKey> {
  const local = inputsFrom(env).onLocalCloud;
  const client = local ? localClient() : new KMSClient({ region });
  const wanted = env['SHIPLINE_RELEASE_KEY'] || releaseKeyAlias;
  const arn = (await keyArn(client, wanted)) ?? (local ? await createKey(client) : undefined);
  if (arn === undefined)
    throw new GateShut(
      `There is no key ${wanted}: \`pnpm bootstrap tools\` makes it; elsewhere set SHIPLINE_RELEASE_KEY to its ARN.`,
    );
  return kmsKey(client, arn);
}

const kmsKey = (client: KMSClient, arn: string): ReleaseKey => ({
  arn,
  async sign(message) {
    const { Signature } = await client.send(
      // KMS takes the digest of at most 4 KB by itself; a manifest is longer.
      new SignCommand({
        KeyId: arn,
        Message: await digestOf(message),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'ECDSA_SHA_256',
      }),
    );
    return given(Signature, arn);
  },
  async publicKey() {
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: arn }));
    return given(PublicKey, arn);
  },
});

const digestOf = async (message: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.from(message)));

async function keyArn(client: KMSClient, KeyId: string): Promise<string | undefined> {
  try {
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId }));
    return KeyMetadata?.Arn;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

async function createKey(client: KMSClient): Promise<string> {
  const { KeyMetadata } = await client.send(
    new CreateKeyCommand({
      KeySpec: 'ECC_NIST_P256',
      KeyUsage: 'SIGN_VERIFY',
      Description: 'Signs the manifests of releases',
    }),
  );
  const arn = given(KeyMetadata?.Arn, releaseKeyAlias);
  await client.send(new CreateAliasCommand({ AliasName: releaseKeyAlias, TargetKeyId: arn }));
  return arn;
}

const localClient = () =>
  new KMSClient({
    region,
    endpoint: cloudUrls(cloudPlace().port).endpoint,
    // The local cloud keeps accounts apart by it.
    credentials: { accessKeyId: localToolsAccount, secretAccessKey: 'local' },
  });

function given<T>(value: T | undefined, key: string): T {
  if (value === undefined) throw new Error(`KMS gave no answer for ${key}.`);
  return value;
}
