import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart } from './chart/chart.js';
import type { Drill } from './drill.js';
import type { Observation } from './observation.js';
import type { Judgement } from './verdict/judge.js';

/** Writes the chart, and all that was seen, into the drill's folder. */
export function writeReport(
  folder: string,
  drill: Drill,
  observation: Observation,
  judgement: Judgement,
): void {
  writeFileSync(join(folder, 'chart.svg'), chart(drill, observation, judgement));
  writeFileSync(
    join(folder, 'drill.json'),
    `${JSON.stringify({ ...judgement, summary: drill.summary, observation }, null, 2)}\n`,
  );
}
