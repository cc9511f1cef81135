import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { workDirectory } from '@shipline/tooling/paths';
import { bucketReleases } from './bucket-releases.js';
import { folderReleases } from './folder-releases.js';
import type { ReleaseStore } from './release-store.js';

/**
 * The store that this machine uses: `SHIPLINE_RELEASES=s3://bucket/prefix` in a pipeline on AWS, where the bucket is
 * the tools account's; without it a folder of the repository.
 */
export function keptReleases(place = process.env['SHIPLINE_RELEASES']): ReleaseStore {
  if (!place) return folderReleases(join(workDirectory, 'releases'));
  if (!place.startsWith('s3://')) return folderReleases(place);
  const { hostname, pathname } = new URL(place);
  // Nothing but a path names a bucket in the local cloud, and AWS takes that too.
  const client = new S3Client({ forcePathStyle: true });
  return bucketReleases(client, hostname, pathname.replace(/^\/|\/$/g, '') || undefined);
}
