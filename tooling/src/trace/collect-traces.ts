import { paginateBatchGetTraces, paginateGetTraceSummaries, type XRayClient } from '@aws-sdk/client-xray';
import { ORDER_ID, type Period, type Segment, type Trace } from './order-way.js';

/** X-Ray answers for at most so long a time at once. */
const WINDOW_MS = 6 * 3_600_000;
const TRACES_PER_REQUEST = 5;

/**
 * The traces that are annotated with the order, and those that they are linked to: a consumer's trace begins at its
 * queue and links to the trace of whoever sent the message.
 */
export async function collectTraces(client: XRayClient, orderId: string, period: Period): Promise<Trace[]> {
  const traces = new Map<string, Trace>();
  let wanted = await findAnnotated(client, orderId, period);
  while (wanted.length > 0) {
    for (const trace of await readTraces(client, wanted)) traces.set(trace.id, trace);
    const linked = [...traces.values()].flatMap(({ segments }) => segments.flatMap(linksOf));
    wanted = [...new Set(linked)].filter((id) => !traces.has(id) && !wanted.includes(id));
  }
  return [...traces.values()];
}

const linksOf = ({ links = [] }: Segment): string[] => links.map(({ trace_id }) => trace_id);

async function findAnnotated(client: XRayClient, orderId: string, { from, to }: Period): Promise<string[]> {
  const ids = new Set<string>();
  for (let start = from; start < to; start += WINDOW_MS) {
    const pages = paginateGetTraceSummaries(
      { client },
      {
        StartTime: new Date(start),
        EndTime: new Date(Math.min(start + WINDOW_MS, to)),
        // A trace is found by when its first request came, and an order's later steps have traces of their own.
        TimeRangeType: 'Event',
        FilterExpression: `annotation[${ORDER_ID}] = "${orderId}"`,
      },
    );
    for await (const { TraceSummaries = [] } of pages)
      for (const { Id } of TraceSummaries) if (Id) ids.add(Id);
  }
  return [...ids];
}

async function readTraces(client: XRayClient, ids: readonly string[]): Promise<Trace[]> {
  const traces: Trace[] = [];
  for (let start = 0; start < ids.length; start += TRACES_PER_REQUEST) {
    const pages = paginateBatchGetTraces(
      { client },
      { TraceIds: ids.slice(start, start + TRACES_PER_REQUEST) },
    );
    for await (const { Traces = [] } of pages)
      for (const { Id, Segments = [] } of Traces)
        if (Id) traces.push({ id: Id, segments: Segments.map(parsed) });
  }
  return traces;
}

const parsed = ({ Document = '{}' }: { Document?: string | undefined }): Segment => JSON.parse(Document);
