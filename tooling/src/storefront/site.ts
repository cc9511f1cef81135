import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  type _Error as ObjectError,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { UserError } from '../cli.js';
import { cacheControlOf, contentTypeOf, type SiteObject } from './bundle.js';

/** Below it each release's files that are not named by their content; no link of the shop leads there. */
const folder = 'releases/';

export const keptKey = (bundle: string, key = '') => `${folder}${bundle}/${key}`;

const bundleOf = (key: string) => /^releases\/([0-9a-f]{12})\//.exec(key)?.[1];

/** The bucket of the storefront, as it was when it was opened and with what has been done to it since. */
export class Site {
  private constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    /** MD5 by key. */
    private readonly stored: Map<string, string>,
  ) {}

  static async open(client: S3Client, bucket: string): Promise<Site> {
    const stored = new Map<string, string>();
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket }))
      for (const { Key, ETag } of Contents) if (Key && ETag) stored.set(Key, ETag.replaceAll('"', ''));
    return new Site(client, bucket, stored);
  }

  has(key: string): boolean {
    return this.stored.has(key);
  }

  /** @returns the keys of a bundle that are kept, without their folder. */
  kept(bundle: string): string[] {
    const prefix = keptKey(bundle);
    return [...this.stored.keys()].flatMap((key) => (key.startsWith(prefix) ? key.slice(prefix.length) : []));
  }

  /** Uploads what the bucket does not have like this. @returns whether it did. */
  async put({ key, body }: SiteObject, name = key): Promise<boolean> {
    const md5 = createHash('md5').update(body).digest('hex');
    if (this.stored.get(key) === md5) return false;
    const headers = { ContentType: contentTypeOf(name), CacheControl: cacheControlOf(name) };
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body, ...headers }));
    this.stored.set(key, md5);
    return true;
  }

  /** Puts a kept file where browsers look for it, with its headers. @returns whether it was another one. */
  async copy(from: string, to: string): Promise<boolean> {
    const md5 = this.stored.get(from);
    if (md5 === undefined || this.stored.get(to) === md5) return false;
    const CopySource = `${this.bucket}/${from.split('/').map(encodeURIComponent).join('/')}`;
    await this.client.send(new CopyObjectCommand({ Bucket: this.bucket, CopySource, Key: to }));
    this.stored.set(to, md5);
    return true;
  }

  /** Digests of the bundles that are kept. */
  folders(): string[] {
    return [...new Set([...this.stored.keys()].flatMap((key) => bundleOf(key) ?? []))];
  }

  /**
   * Forgets the bundles that are kept and are not among these.
   * @throws {UserError} when S3 refuses one of their files, which it says file by file in an answer of 200.
   */
  async keepOnly(bundles: readonly string[]): Promise<void> {
    const goes = [...this.stored.keys()].filter((key) => {
      const bundle = bundleOf(key);
      return bundle !== undefined && !bundles.includes(bundle);
    });
    // As many as one call takes.
    for (let start = 0; start < goes.length; start += 1_000) {
      const Objects = goes.slice(start, start + 1_000).map((Key) => ({ Key }));
      const { Errors = [] } = await this.client.send(
        new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } }),
      );
      if (Errors.length > 0) throw new UserError(notDeleted(Errors));
    }
    for (const key of goes) this.stored.delete(key);
  }
}

const notDeleted = (errors: readonly ObjectError[]) =>
  `${errors.length} files of old releases of the storefront could not be deleted: ${errors[0]?.Key}: ${errors[0]?.Code} (${errors[0]?.Message}).`;
