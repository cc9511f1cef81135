import { join, relative } from 'node:path';
import { root } from '@shipline/tooling/paths';
import type { Progress } from '@shipline/tooling/progress';
import type { Drill } from './drill.js';
import { writeReport } from './report.js';
import { runDrill } from './run/run-drill.js';
import type { Setting } from './run/setting.js';
import { judge } from './verdict/judge.js';
import { table } from './verdict/table.js';
import { verdictOf } from './verdict/verdict.js';

export interface Rehearsal {
  readonly setting: Setting;
  /** Where each drill gets a folder of its own. */
  readonly results: string;
  readonly progress: Progress;
  readonly interrupted: Promise<never>;
}

/** Runs one drill from its release to its verdict. @returns whether it passed. */
export async function rehearse(
  drill: Drill,
  { setting, results, progress, interrupted }: Rehearsal,
): Promise<boolean> {
  console.log(`\n${drill.name}: ${drill.summary}`);
  const observation = await runDrill(drill, setting, progress, interrupted);
  const judgement = judge(drill, observation);
  const verdict = verdictOf(drill, judgement);
  const time = new Date(observation.from).toISOString().slice(0, 19).replaceAll(':', '-');
  const folder = join(results, `${drill.name}-${time}`);
  writeReport(folder, drill, observation, judgement);
  console.log(`\n${table(judgement)}\n\n  chart: ${relative(root, join(folder, 'chart.svg'))}`);
  console.log(`\n${drill.name}: ${verdict.sentence}`);
  return verdict.passed;
}
