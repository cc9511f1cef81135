import type { Drill } from '../drill.js';
import type { Observation } from '../observation.js';
import { answeredAt, askedRelease, failed, harmed, metNew } from '../verdict/harm.js';
import { logarithmic, type Plot, type Scale } from './plot.js';
import { element, text } from './svg.js';

const lowest = 5;
const highest = 10_000;
const marks: readonly (readonly [number, string])[] = [
  [10, '10 ms'],
  [100, '100 ms'],
  [1_000, '1 s'],
  [10_000, '10 s'],
];

/** How long each request waited; one dot is one request, a cross one that was harmed. */
export function dots(drill: Drill, observation: Observation, plot: Plot, x: Scale): string[] {
  const y = logarithmic(lowest, highest, plot.bottom, plot.top);
  return [
    text('waiting time of each request', { class: 'caption', x: plot.left, y: plot.top - 12 }),
    ...marks.flatMap(([value, label]) => [
      element('line', { class: 'grid', x1: plot.left, x2: plot.right, y1: y(value), y2: y(value) }),
      text(label, { class: 'tick', x: plot.left - 8, y: y(value) + 4, 'text-anchor': 'end' }),
    ]),
    ...observation.requests.map((request) => {
      const [cx, cy] = [x(answeredAt(request)), y(request.latencyMs)];
      if (failed(request) || harmed(drill, observation, request)) return cross(cx, cy);
      const met = metNew(request, askedRelease(observation));
      return element('circle', { class: met ? 'new' : 'old', cx, cy, r: 2.2 });
    }),
  ];
}

const cross = (cx: number, cy: number): string =>
  element('path', { class: 'cross', d: `M${at(cx - 3)} ${at(cy - 3)}l6 6m0-6l-6 6` });

const at = (value: number) => Math.round(value * 10) / 10;
