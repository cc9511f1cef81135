import type { Moment, OrderWay } from './order-way.js';

/** The timeline as text, one line per moment, what failed marked with `✗`. */
export function printedWay(way: OrderWay): string {
  const [first] = way.moments;
  const origin = first?.at ?? 0;
  const wide = Math.max(...way.moments.map(({ where }) => shortName(where, way).length));
  const rows = way.moments.flatMap((moment) => row(moment, way, origin, wide));
  return [headline(way), '', ...rows, '', ...sources(way)].join('\n');
}

/** Sentences about what the sources had. */
function sources({ traces, executions }: OrderWay): string[] {
  const started = executions.length === 0 ? ['No checkout was started.'] : [];
  if (traces.length === 0)
    return [...started, 'X-Ray has no trace of it (nothing was sampled): steps are from history and logs.'];
  return [...started, `Traces: ${traces.join(', ')}`];
}

function headline({ orderId, environment, moments, executions }: OrderWay): string {
  const ends = moments.map(({ at, tookMs = 0 }) => at + tookMs);
  const length = duration(Math.max(...ends) - (moments[0]?.at ?? 0));
  const last = executions.at(-1);
  const checkout = last ? `checkout ${last.status}` : 'no checkout';
  return `${orderId} in ${environment}: ${checkout}, ${moments.length} steps over ${length}`;
}

function row(moment: Moment, way: OrderWay, origin: number, wide: number): string[] {
  const { at, tookMs, what, failed, where, sources: from, calls = [] } = moment;
  const cells = [
    new Date(at).toISOString().slice(11, 23),
    `+${duration(at - origin)}`.padStart(10),
    (tookMs === undefined ? '' : duration(tookMs)).padStart(9),
    failed ? '✗' : ' ',
    shortName(where, way).padEnd(wide),
    `${what}  (${from.join(', ')})`,
  ];
  const indent = ' '.repeat(cells.slice(0, 5).join(' ').length + 1);
  return [cells.join(' '), ...(calls.length > 0 ? [`${indent}→ ${calls.join(', ')}`] : [])];
}

/** `orders-api` of `shipline-local-orders-api`. */
const shortName = (where: string, { environment }: OrderWay) => where.replace(`shipline-${environment}-`, '');

function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${(ms / 1_000).toFixed(2)} s` : `${(ms / 60_000).toFixed(1)} min`;
}
