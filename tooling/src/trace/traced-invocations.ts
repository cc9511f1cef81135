import type { Invocation } from './logged-invocations.js';
import { ORDER_ID, type Segment, type Trace } from './order-way.js';

/** By request id: the invocations in these traces that were about the order. */
export function tracedInvocations(orderId: string, traces: readonly Trace[]): Map<string, Invocation> {
  const found = new Map<string, Invocation>();
  for (const segment of traces.flatMap(({ segments }) => segments)) {
    const nodes = nodesAbout(orderId, segment);
    // Linked traces and traces of whole batches also hold invocations about other orders alone.
    if (!nodes.some(({ annotations }) => annotations?.[ORDER_ID] === orderId)) continue;
    found.set(segment.aws?.request_id ?? segment.id, invocationOf(segment, nodes));
  }
  return found;
}

function invocationOf(segment: Segment, nodes: readonly Segment[]): Invocation {
  const calls = nodes.filter(({ namespace }) => namespace !== undefined).map(callOf);
  const kind = nodes.find(({ name }) => name.startsWith('## '))?.name.slice(3);
  return {
    at: segment.start_time * 1000,
    ...(segment.end_time !== undefined && { tookMs: (segment.end_time - segment.start_time) * 1000 }),
    where: segment.name,
    what: kind ?? 'invocation',
    failed: Boolean(segment.fault || segment.error || segment.throttle),
    ...(calls.length > 0 && { calls }),
  };
}

/** The segment and all within it, without what is about another order. */
function nodesAbout(orderId: string, node: Segment): Segment[] {
  const other = node.annotations?.[ORDER_ID];
  if (other !== undefined && other !== orderId) return [];
  return [node, ...(node.subsegments ?? []).flatMap((child) => nodesAbout(orderId, child))];
}

function callOf({ name, aws, http, start_time, end_time }: Segment): string {
  const what = aws?.operation ?? http?.request?.method;
  const took = end_time === undefined ? 'no answer' : `${Math.round((end_time - start_time) * 1000)} ms`;
  return [name, what, took].filter(Boolean).join(' ');
}
