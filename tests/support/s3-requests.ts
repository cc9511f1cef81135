import { type CopyObjectCommandInput, S3Client } from '@aws-sdk/client-s3';

const requestOf = (commandName: string, key: string) =>
  `${commandName.replace(/(Object)?Command$/, '')} ${key}`;

/**
 * An S3 client that tells of each request before it sends it, for example `Put config.json` or `Copy index.html`, and
 * waits for the answer: it sends nothing while the answer is awaited, and nothing when there is an error instead.
 */
export function s3Telling(before: (request: string) => void | Promise<void>): S3Client {
  const s3 = new S3Client({ forcePathStyle: true });
  s3.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const { Key = '' } = args.input as Partial<CopyObjectCommandInput>;
        await before(requestOf(commandName, Key));
        return next(args);
      },
    { step: 'initialize' },
  );
  return s3;
}

/** A client that is held before a request until it is let go. */
export function s3HeldBefore(held: (request: string) => boolean) {
  const reached = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const s3 = s3Telling((request) => {
    if (!held(request)) return;
    reached.resolve();
    return letGo.promise;
  });
  return { s3, reached: reached.promise, letGo: letGo.resolve };
}

/** A client whose process dies before the nth request of a kind. */
export function s3DyingBefore(dies: string, nth = 1): S3Client {
  let seen = 0;
  return s3Telling((request) => {
    if (request === dies) seen += 1;
    if (seen >= nth) throw new Error(`died before ${request}`);
  });
}

/** A client that loses the first reply to a request of this kind: S3 has done it, and the SDK asks again. */
export function s3LosingReplyTo(lost: string): S3Client {
  const s3 = new S3Client({ forcePathStyle: true });
  let isLost = false;
  s3.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const reply = await next(args);
        const { Key = '' } = args.input as Partial<CopyObjectCommandInput>;
        if (isLost || requestOf(commandName, Key) !== lost) return reply;
        isLost = true;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
      },
    // Below the SDK's retries.
    { step: 'finalizeRequest', priority: 'low' },
  );
  return s3;
}

/** A client that S3 answers one request of this kind with an error. */
export const s3Refusing = (refused: string, code: string): S3Client =>
  s3Telling((request) => {
    if (request === refused) throw Object.assign(new Error(code), { name: code });
  });

/** A client that has this answer for one kind of request, and sends it nowhere. */
export function s3Answering(answered: string, output: object): S3Client {
  const s3 = new S3Client({ forcePathStyle: true });
  s3.middlewareStack.add(
    (next, { commandName }) =>
      async (args) =>
        commandName === answered ? { output: { $metadata: {}, ...output }, response: {} } : next(args),
    { step: 'initialize' },
  );
  return s3;
}
