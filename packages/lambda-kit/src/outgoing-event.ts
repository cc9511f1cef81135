import type { Envelope, EventDefinition } from '@shipline/contracts/events';

export interface OutgoingEvent {
  readonly envelope: Envelope<unknown>;
  /** The X-Ray header of the request that wrote the item: streams drop the trace, so the item keeps it. */
  readonly traceHeader?: string | undefined;
}

export interface EventFacts<T> {
  /** Unique per source: the item's key and its version or sequence. The same change gives the same id. */
  readonly id: string;
  /** The order that it is about. */
  readonly subject: string;
  readonly time: string;
  readonly correlationId: string;
  readonly data: T;
  readonly traceHeader?: string | undefined;
}

/**
 * An event ready for the bus; its data is checked against its schema.
 *
 * @example outgoing(orderConfirmed, { id: `${orderId}#3`, subject: orderId, time, correlationId, data })
 */
export function outgoing<T>(
  { source, type, data: schema }: EventDefinition<T>,
  { id, subject, time, correlationId, data, traceHeader }: EventFacts<T>,
): OutgoingEvent {
  return {
    envelope: {
      specversion: '1.0',
      id,
      source,
      type,
      subject,
      time,
      correlationid: correlationId,
      data: schema.parse(data),
    },
    traceHeader,
  };
}
