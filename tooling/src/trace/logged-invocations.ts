import type { LogLine, Moment } from './order-way.js';

/** One invocation of a function, as one source tells it. */
export type Invocation = Omit<Moment, 'sources'>;

/** A structured line of ours (packages/lambda-kit, `logger.ts`). */
interface Entry {
  readonly level?: string;
  readonly message?: string;
  readonly timestamp?: string;
  readonly function_request_id?: string;
  /** Only the line at an invocation's end says how long it took. */
  readonly ms?: number;
  readonly error?: { readonly name?: string; readonly message?: string };
  readonly [field: string]: unknown;
}

/** On every line, or of no use in a timeline. */
const leftOut = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'cold_start',
  'function_name',
  'function_version',
  'function_request_id',
  'xray_trace_id',
  'correlation_id',
  'sampling_rate',
  'order_id',
  'order_ids',
  'ms',
  'error',
]);

/** By request id: the invocations that have a line of their own at their end. */
export function loggedInvocations(lines: readonly LogLine[]): Map<string, Invocation> {
  const found = new Map<string, Invocation>();
  for (const line of lines) {
    const entry = entryOf(line.text);
    if (!isEnd(entry)) continue;
    const end = timeOf(entry, line);
    found.set(entry.function_request_id, {
      at: end - entry.ms,
      tookMs: entry.ms,
      where: line.functionName,
      what: textOf(entry),
      failed: isFailure(entry),
    });
  }
  return found;
}

/** Every other line is a moment of its own. */
export function otherLines(lines: readonly LogLine[]): Moment[] {
  return lines.flatMap((line) => {
    const entry = entryOf(line.text);
    if (isEnd(entry)) return [];
    return {
      at: timeOf(entry, line),
      sources: ['log'],
      where: line.functionName,
      what: entry ? textOf(entry) : line.text,
      failed: isFailure(entry),
    };
  });
}

const isEnd = (entry: Entry | undefined): entry is Entry & { ms: number; function_request_id: string } =>
  entry?.ms !== undefined && entry.function_request_id !== undefined;

const isFailure = (entry: Entry | undefined) => entry?.level === 'ERROR' || entry?.level === 'CRITICAL';

const timeOf = (entry: Entry | undefined, { at }: LogLine): number =>
  entry?.timestamp ? Date.parse(entry.timestamp) : at;

function entryOf(text: string): Entry | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Entry;
  } catch {
    // A line that only looks like ours: it is shown as it stands.
    return undefined;
  }
}

/** `request route=POST /api/orders status=202`, and the error where there is one. */
function textOf({ message = '', error, ...fields }: Entry): string {
  const told = Object.entries(fields)
    .filter(([key, value]) => !leftOut.has(key) && typeof value !== 'object')
    .map(([key, value]) => `${key}=${value}`);
  const why = error ? [`${error.name ?? 'Error'}: ${error.message ?? ''}`] : [];
  return [message, ...told, ...why].join(' ');
}
