import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { clientDefaults } from './client-defaults.js';
import type { EventBus, Published } from './event-bus.js';
import type { OutgoingEvent } from './outgoing-event.js';
import { traceable } from './traceable.js';

/** Limits of one PutEvents call. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;

/** The bus called `busName`; DetailType is the event's type and Detail its whole envelope. */
export function eventBridgeBus(
  busName: string,
  client: Pick<EventBridgeClient, 'send'> = traceable(new EventBridgeClient(clientDefaults())),
): EventBus {
  const put = async (entries: PutEventsRequestEntry[]): Promise<Published> => {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
    const refused = Entries.findIndex(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused < 0) return { count: entries.length };
    return { count: refused, ...entryFailure(Entries[refused]) };
  };
  return {
    async publish(events) {
      let count = 0;
      for (const chunk of chunks(events.map((event) => entryOf(busName, event)))) {
        const published = await put(chunk).catch(
          (error: Error): Published => ({ count: 0, ...failureOf(error) }),
        );
        count += published.count;
        if (published.failure) return { ...published, count };
      }
      return { count };
    },
  };
}

function entryOf(busName: string, { envelope, traceHeader }: OutgoingEvent): PutEventsRequestEntry {
  return {
    EventBusName: busName,
    Source: envelope.source,
    DetailType: envelope.type,
    Detail: JSON.stringify(envelope),
    Time: new Date(envelope.time),
    ...(traceHeader !== undefined && { TraceHeader: traceHeader }),
  };
}

/** In order, each within the limits of one call. One entry that is too large stands alone: the call refuses it. */
export function chunks(entries: readonly PutEventsRequestEntry[]): PutEventsRequestEntry[][] {
  const result: PutEventsRequestEntry[][] = [];
  let current: PutEventsRequestEntry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = sizeOf(entry);
    if (current.length > 0 && (current.length === MAX_ENTRIES || bytes + size > MAX_BYTES)) {
      result.push(current);
      current = [];
      bytes = 0;
    }
    current.push(entry);
    bytes += size;
  }
  return current.length > 0 ? [...result, current] : result;
}

/** As EventBridge counts: 14 bytes for the time, and the UTF-8 bytes of source, detail type and detail. */
export const sizeOf = ({ Source = '', DetailType = '', Detail = '' }: PutEventsRequestEntry): number =>
  14 + Buffer.byteLength(Source) + Buffer.byteLength(DetailType) + Buffer.byteLength(Detail);

const entryFailure = ({ ErrorCode = 'unknown', ErrorMessage = '' }: PutEventsResultEntry = {}) =>
  failureOf(new Error(`PutEvents refused an entry: ${ErrorCode} ${ErrorMessage}`.trim()), ErrorCode);

/**
 * Errors of an entry (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html) or of a
 * call that the same events meet again, however long one waits.
 */
const permanentErrors = new Set(['InvalidArgument', 'MalformedDetail', 'ValidationException']);

const failureOf = (failure: Error, code = failure.name) => ({
  failure,
  ...(permanentErrors.has(code) && { permanent: true }),
});
