import { describe, expect, it } from 'vitest';
import { chart } from '../../src/drills/chart/chart.js';
import { momentsOf } from '../../src/drills/chart/moments.js';
import { ticks } from '../../src/drills/chart/plot.js';
import { escaped } from '../../src/drills/chart/svg.js';
import { judge } from '../../src/drills/verdict/judge.js';
import { table } from '../../src/drills/verdict/table.js';
import { begun, calm, drillNamed, observation, request, takenBack } from './builders.js';

const bad = drillNamed('bad-release');
const drawn = (seen = observation()) => chart(bad, seen, judge(bad, seen));
const count = (svg: string, part: string) => svg.split(part).length - 1;

describe('the chart of a drill', () => {
  it('has a dot for every request, and a cross for each that was harmed', () => {
    const requests = [
      ...calm(12),
      request(4_500, { status: 500, version: '2' }),
      request(5_000, { version: '2' }),
    ];

    const svg = drawn(observation({ requests }));

    expect(count(svg, '<circle class="old"')).toBe(240);
    expect(count(svg, '<circle class="new"')).toBe(1);
    expect(count(svg, 'class="cross"')).toBe(1);
  });

  it('tells those who cannot see it what it shows', () => {
    expect(drawn()).toContain('<title id="title">bad-release: passed</title>');
    expect(drawn()).toContain('the old version answered 240, the new one 1, 1 were harmed');
  });

  it('marks what happened to the release, in the order of time', () => {
    expect(momentsOf(observation()).map(({ label }) => label)).toEqual([
      'release starts',
      '10 % to the new version',
      'alarm rings',
      'taken back',
    ]);
  });

  it('marks when a task failed, as no request shows it', () => {
    const task = { ...takenBack, function: 'payments/capture', faults: [begun + 5_000] };

    const labels = momentsOf(observation({ releases: [{ ...task, alarms: [], faults: [] }, task] }));

    expect(labels.map(({ label }) => label)).toContain('a task fails');
    expect(labels.map(({ label }) => label)).toContain('alarm rings');
  });

  it('can be drawn of a drill in which nothing was seen', () => {
    expect(drawn(observation({ requests: [], releases: [] }))).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('the parts of a chart', () => {
  it('escapes what would be markup', () => {
    expect(escaped('<a href="x">&</a>')).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;');
  });

  it('puts three to six round marks on an axis, the highest not below the highest value', () => {
    for (const highest of [0, 1, 7, 20, 23, 99, 1_234]) {
      const marks = ticks(highest);
      expect(marks.at(-1)).toBeGreaterThanOrEqual(highest);
      expect(marks.length).toBeLessThanOrEqual(6);
    }
    expect(ticks(23)).toEqual([0, 10, 20, 30]);
  });
});

it('the table says which claim does not hold', () => {
  const seen = observation({ requests: calm(12) });

  expect(table(judge(bad, seen))).toMatch(/✗ the new version did harm.*0 requests/);
});
