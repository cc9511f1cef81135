import * as z from 'zod/mini';

/** A versioned event of the shop: its name ends in `.v1`; a breaking change is a new name. */
export interface EventDefinition<T = unknown> {
  readonly type: string;
  /** EventBridge source: the service that owns the fact. */
  readonly source: string;
  readonly data: z.ZodMiniType<T>;
  /** Still published, and read by nobody of this release: the next one may remove it. */
  readonly deprecated?: true;
  /** A valid `data`, for the documentation and for tests. */
  readonly example: NoInfer<T>;
}

/** CloudEvents 1.0 attributes (https://cloudevents.io), with `correlationid` as an extension attribute. */
export const envelope = <T>(data: z.ZodMiniType<T>) =>
  z.object({
    specversion: z.literal('1.0'),
    /** Unique per source: the item's key and its version or sequence. Consumers deduplicate by it. */
    id: z.string().check(z.minLength(1), z.maxLength(200)),
    source: z.string(),
    type: z.string(),
    /** The order that it is about. */
    subject: z.string(),
    time: z.iso.datetime(),
    correlationid: z.string(),
    data,
  });

export interface Envelope<T> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly correlationid: string;
  readonly data: T;
}

export const envelopeOf = <T>(definition: EventDefinition<T>) => envelope(definition.data);

export const defineEvent = <T>(definition: EventDefinition<T>): EventDefinition<T> => definition;
