import { isDeepStrictEqual } from 'node:util';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { cacheControlOf, contentTypeOf } from './bundle.js';
import { History, noHistory } from './history.js';

const key = 'releases/history.json';

/** S3's answers to who writes over something else than he has read: it was there before, or came at the same moment. */
const refusals = ['PreconditionFailed', 'ConditionalRequestConflict'];

/** The history as it was read, and what tells whether somebody has changed it since. */
export interface ReadHistory {
  readonly history: History;
  readonly etag: string | undefined;
}

/** Where a site keeps its history. Who writes it first has the release; nobody writes over what he has not read. */
export class HistoryFile {
  constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  async read(): Promise<ReadHistory> {
    try {
      const { Body, ETag } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      const text = (await Body?.transformToString()) ?? '';
      return { history: History.parse(JSON.parse(text)), etag: ETag };
    } catch (error) {
      if (error instanceof NoSuchKey) return { history: noHistory, etag: undefined };
      throw error;
    }
  }

  /**
   * A write whose reply is lost is sent again by the SDK, and then refused because of itself: what is there tells.
   * @returns undefined when somebody else has changed it since it was read.
   */
  async write(history: History, { etag }: ReadHistory): Promise<ReadHistory | undefined> {
    const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
    const headers = { ContentType: contentTypeOf(key), CacheControl: cacheControlOf(key) };
    const Body = JSON.stringify(history);
    try {
      const { ETag } = await this.client.send(
        new PutObjectCommand({ Bucket: this.bucket, Key: key, Body, ...headers, ...condition }),
      );
      return { history, etag: ETag };
    } catch (error) {
      if (!(error instanceof Error && refusals.includes(error.name))) throw error;
      const now = await this.read();
      return isDeepStrictEqual(now.history, history) ? now : undefined;
    }
  }
}
