import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { EventBus } from './event-bus.js';
import { type EntryOptions, invocations, type Summary } from './invocation.js';
import type { OutgoingEvent } from './outgoing-event.js';
import { patientBus } from './patient-bus.js';
import { imageOf, repeatFrom } from './stream-records.js';
import { isSampled, traced } from './tracing.js';

/**
 * The event that a change of the table stands for; `undefined` where it stands for none. Images are plain
 * objects; parse them. `newImage` is undefined for a deletion, `oldImage` for an insertion.
 */
export type ToEvent = (
  newImage: unknown,
  oldImage: unknown | undefined,
) => OutgoingEvent | readonly OutgoingEvent[] | undefined;

export type RelayHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

/**
 * The outbox: what a table's stream carries goes to the bus, in order. While the bus is out of order the relay waits for
 * it as long as the invocation lasts; then, from the first record that failed on, the stream repeats. Consumers see some
 * events twice, and none is lost or overtaken by its own successor. A record of which no event can be made fails at once.
 *
 * @throws (when called) where not even the first record got through, so that `Errors` counts it.
 * @example export const handler = relayEntry(toOrderEvent, eventBridgeBus(EVENT_BUS_NAME));
 */
export function relayEntry(toEvent: ToEvent, bus: EventBus, options: EntryOptions = {}): RelayHandler {
  const invoke = invocations(options);
  const patient = patientBus(bus);
  return ({ Records }, lambda) =>
    invoke({ kind: 'relay', correlationId: lambda.awsRequestId, lambda }, async ({ logger }, summary) => {
      const { events, owners, unreadable } = readAll(Records, toEvent);
      const { count, failure } = await patient.publish(events);
      await noteOrders(events.slice(0, count), summary);
      const failedRecord = failure ? owners[count] : unreadable?.record;
      summary['records'] = Records.length;
      summary['published'] = count;
      if (!failedRecord) return { batchItemFailures: [] };
      return repeatFrom(failedRecord, failure ?? unreadable?.error, Records, logger);
    });
}

/** A batch is about several orders: each published event is a subsegment of its own, and the line names them all. */
async function noteOrders(published: readonly OutgoingEvent[], summary: Summary): Promise<void> {
  const orders = new Set(published.map(({ envelope }) => envelope.subject));
  if (orders.size > 0) summary['order_ids'] = [...orders].join(' ');
  if (!isSampled()) return;
  for (const { envelope } of published)
    await traced('## event', async (annotateTrace) => {
      annotateTrace?.('event_id', envelope.id);
      annotateTrace?.('order_id', envelope.subject);
    });
}

interface Batch {
  readonly events: OutgoingEvent[];
  /** The record of each event. */
  readonly owners: DynamoDBRecord[];
  /** The first record of which no event could be made; nothing behind it is read. */
  readonly unreadable?: { readonly record: DynamoDBRecord; readonly error: unknown };
}

function readAll(records: readonly DynamoDBRecord[], toEvent: ToEvent): Batch {
  const events: OutgoingEvent[] = [];
  const owners: DynamoDBRecord[] = [];
  for (const record of records) {
    try {
      const made = toEvent(imageOf(record.dynamodb?.NewImage), imageOf(record.dynamodb?.OldImage));
      for (const event of [made ?? []].flat()) {
        events.push(event);
        owners.push(record);
      }
    } catch (error) {
      return { events, owners, unreadable: { record, error } };
    }
  }
  return { events, owners };
}
