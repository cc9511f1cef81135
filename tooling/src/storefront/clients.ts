import { randomUUID } from 'node:crypto';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';

export interface StorefrontClients {
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
}

export const storefrontClients = ({ local }: { readonly local: unknown }): StorefrontClients => ({
  s3: new S3Client({ forcePathStyle: local !== undefined }),
  cloudFront: new CloudFrontClient({}),
});

/** Has CloudFront forget these keys of the site. What browsers have, they keep for as long as they were told to. */
export async function invalidate(
  { cloudFront }: StorefrontClients,
  distributionId: string,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const Items = keys.map((key) => `/${encodeURI(key)}`);
  await cloudFront.send(
    new CreateInvalidationCommand({
      DistributionId: distributionId,
      InvalidationBatch: { CallerReference: randomUUID(), Paths: { Quantity: Items.length, Items } },
    }),
  );
}
