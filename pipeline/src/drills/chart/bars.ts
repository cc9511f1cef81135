import type { Drill } from '../drill.js';
import type { Observation } from '../observation.js';
import { answeredAt, askedRelease, failed, harmed, metNew } from '../verdict/harm.js';
import { linear, type Plot, type Scale, ticks } from './plot.js';
import { element, text } from './svg.js';

/** What became of the requests of one second. */
interface Second {
  old: number;
  new: number;
  harmed: number;
}

const kinds = ['old', 'new', 'harmed'] as const;

/** Requests by second: stacked, the harmed ones on top. */
export function bars(drill: Drill, observation: Observation, plot: Plot, x: Scale): string[] {
  const seconds = bySecond(drill, observation);
  const highest = Math.max(1, ...seconds.map((second) => second.old + second.new + second.harmed));
  const marks = ticks(highest);
  const y = linear(0, marks.at(-1) ?? highest, plot.bottom, plot.top);
  return [
    text('requests per second', { class: 'caption', x: plot.left, y: plot.top - 12 }),
    ...marks.flatMap((mark) => [
      element('line', { class: 'grid', x1: plot.left, x2: plot.right, y1: y(mark), y2: y(mark) }),
      text(String(mark), { class: 'tick', x: plot.left - 8, y: y(mark) + 4, 'text-anchor': 'end' }),
    ]),
    ...seconds.flatMap((second, index) => stack(second, observation.from + index * 1_000, x, y)),
  ];
}

function stack(second: Second, from: number, x: Scale, y: Scale): string[] {
  let below = 0;
  return kinds.flatMap((kind) => {
    const count = second[kind];
    if (count === 0) return [];
    const bar = element('rect', {
      class: kind,
      x: x(from) + 1,
      width: Math.max(1, x(from + 1_000) - x(from) - 2),
      y: y(below + count),
      height: y(below) - y(below + count),
    });
    below += count;
    return [bar];
  });
}

function bySecond(drill: Drill, observation: Observation): Second[] {
  const { from, requests } = observation;
  const seconds: Second[] = [];
  for (const request of requests) {
    const index = Math.max(0, Math.floor((answeredAt(request) - from) / 1_000));
    while (seconds.length <= index) seconds.push({ old: 0, new: 0, harmed: 0 });
    const second = seconds[index];
    if (!second) continue;
    const met = metNew(request, askedRelease(observation));
    second[failed(request) || harmed(drill, observation, request) ? 'harmed' : met ? 'new' : 'old']++;
  }
  return seconds;
}
