import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { filesBelow } from '../release/files.js';
import { allInParallel } from './in-parallel.js';
import { ReleaseNotKept, type ReleaseStore } from './release-store.js';

const atATime = 8;
/** Written last: a release without it was cut short, and is none. */
const manifest = 'manifest.json';

/** Releases in a bucket: on AWS that of the tools account, which the environments' accounts may read and add to, never write over. */
export function bucketReleases(client: S3Client, bucket: string, prefix = 'releases'): ReleaseStore {
  const root = `${prefix}/`;
  const folderOf = (release: string) => `${root}${release}/`;

  const keysBelow = async (Prefix: string) => {
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix }))
      keys.push(...Contents.flatMap(({ Key }) => (Key ? [Key] : [])));
    return keys;
  };
  const list = async () => {
    const parts = (await keysBelow(root)).map((key) => key.slice(root.length).split('/'));
    return parts
      .flatMap(([release, ...name]) => (release && name.join('/') === manifest ? [release] : []))
      .sort();
  };
  const put = async (Key: string, file: string) => {
    try {
      const Body = readFileSync(file);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, IfNoneMatch: '*' }));
    } catch (error) {
      // What is kept stays as it is; a deployment that was cut short has put it there, or one beside this.
      if (!(error instanceof S3ServiceException && error.name === 'PreconditionFailed')) throw error;
    }
  };
  const get = async (Key: string, file: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, (await Body?.transformToByteArray()) ?? new Uint8Array());
  };

  return {
    list,
    async keep(release, folder) {
      if ((await list()).includes(release)) return;
      const names = filesBelow(folder).filter((name) => name !== manifest);
      await allInParallel(atATime, names, (name) => put(folderOf(release) + name, join(folder, name)));
      await put(folderOf(release) + manifest, join(folder, manifest));
    },
    async fetch(release, folder) {
      const kept = await list();
      if (!kept.includes(release)) throw new ReleaseNotKept(release, kept);
      const unfinished = `${folder}.unfinished`;
      rmSync(unfinished, { recursive: true, force: true });
      const start = folderOf(release);
      await allInParallel(atATime, await keysBelow(start), (key) =>
        get(key, join(unfinished, key.slice(start.length))),
      );
      renameSync(unfinished, folder);
    },
  };
}
