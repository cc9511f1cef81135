import type { Drill } from '../drill.js';
import type { Observation } from '../observation.js';
import { answeredAt } from '../verdict/harm.js';
import type { Judgement } from '../verdict/judge.js';
import type { Numbers } from '../verdict/numbers.js';
import { verdictOf } from '../verdict/verdict.js';
import { orDash, percent } from '../verdict/words.js';
import { bars } from './bars.js';
import { dots } from './dots.js';
import { momentsOf } from './moments.js';
import { linear, type Plot, type Scale } from './plot.js';
import { style } from './style.js';
import { element, escaped, text } from './svg.js';

const width = 960;
const height = 600;
const upper: Plot = { left: 72, right: width - 28, top: 196, bottom: 366 };
const lower: Plot = { ...upper, top: 416, bottom: 530 };

/** The drill as one picture: who answered, who was harmed and when, and what happened to the release meanwhile. */
export function chart(drill: Drill, observation: Observation, judgement: Judgement): string {
  const to = endOf(observation);
  const x = linear(observation.from, to, upper.left, upper.right);
  const verdict = verdictOf(drill, judgement);
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': 'title description',
    },
    element('title', { id: 'title' }, escaped(`${drill.name}: ${verdict.sentence}`)),
    element('desc', { id: 'description' }, escaped(described(drill, judgement.numbers))),
    element('style', {}, style),
    pattern,
    element('rect', { class: 'paper', width, height }),
    text(drill.name, { class: 'heading', x: 28, y: 42 }),
    text(`${verdict.passed ? '✓' : '✗'} ${verdict.sentence}`, {
      class: verdict.passed ? 'passed' : 'failed',
      x: width - 28,
      y: 42,
      'text-anchor': 'end',
    }),
    text(drill.summary, { class: 'summary', x: 28, y: 66 }),
    ...figures(judgement.numbers),
    ...bars(drill, observation, upper, x),
    ...dots(drill, observation, lower, x),
    ...moments(observation, x),
    ...seconds(observation.from, to, x),
    ...legend(),
  );
}

/** Of the last second in which an answer came. */
function endOf({ from, requests }: Observation): number {
  const last = Math.max(from, ...requests.map(answeredAt));
  return from + Math.max(1, Math.ceil((last - from) / 1_000)) * 1_000;
}

/** Harm is told by a pattern as well as by its colour. */
const pattern = element(
  'pattern',
  { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
  element('rect', { class: 'hatch-ground', width: 6, height: 6 }),
  element('rect', { class: 'hatch-line', width: 2, height: 6 }),
);

function figures(numbers: Numbers): string[] {
  const shown: readonly (readonly [string, string])[] = [
    [String(numbers.requests), 'requests'],
    [String(numbers.byNew), 'met the new version'],
    [`${numbers.harmed} (${percent(numbers.harmed / (numbers.requests || 1))})`, 'were harmed'],
    [orDash(numbers.toDetect), 'to detect'],
    [orDash(numbers.toRestore), 'to restore'],
  ];
  return shown.flatMap(([value, label], index) => {
    const x = 28 + index * 184;
    return [text(value, { class: 'figure', x, y: 108 }), text(label, { class: 'summary', x, y: 128 })];
  });
}

/** The labels take turns in height, so that neighbours do not cover each other. */
const moments = (observation: Observation, x: Scale): string[] =>
  momentsOf(observation).flatMap(({ at, label }, index) => {
    const labelled = upper.top - 32 - (index % 2) * 16;
    const end = x(at) > upper.right - 150;
    return [
      element('line', { class: 'moment', x1: x(at), x2: x(at), y1: labelled - 10, y2: lower.bottom }),
      text(label, {
        class: 'label',
        x: x(at) + (end ? -5 : 5),
        y: labelled,
        'text-anchor': end ? 'end' : 'start',
      }),
    ];
  });

/** The time below both plots, in seconds since the drill began. */
function seconds(from: number, to: number, x: Scale): string[] {
  const length = (to - from) / 1_000;
  const step = [1, 2, 5, 10, 30, 60, 120, 300].find((size) => length / size <= 14) ?? 600;
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) =>
    text(`${index * step} s`, {
      class: 'tick',
      x: x(from + index * step * 1_000),
      y: lower.bottom + 20,
      'text-anchor': 'middle',
    }),
  );
}

function legend(): string[] {
  const entries = [
    ['old', 'old version'],
    ['new', 'new version, answered well'],
    ['harmed', 'harmed'],
  ] as const;
  return entries.flatMap(([kind, label], index) => {
    const x = upper.left + index * 220;
    return [
      element('rect', { class: kind, x, y: height - 32, width: 14, height: 14, rx: 2 }),
      text(label, { class: 'summary', x: x + 22, y: height - 20 }),
    ];
  });
}

function described({ summary }: Drill, numbers: Numbers): string {
  return [
    summary,
    `${numbers.requests} requests: the old version answered ${numbers.byOld}, the new one ${numbers.byNew}, ${numbers.harmed} were harmed.`,
    `Detected after ${orDash(numbers.toDetect)}, restored after ${orDash(numbers.toRestore)}.`,
  ].join(' ');
}
