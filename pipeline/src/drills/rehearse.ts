import { join, relative } from 'node:path';
import { writeDrillRecord } from '@shipline/tooling/drills/record';
import { root } from '@shipline/tooling/paths';
import type { Progress } from '@shipline/tooling/progress';
import type { Drill } from './drill.js';
import { writeReport } from './report.js';
import { runDrill } from './run/run-drill.js';
import type { Setting } from './run/setting.js';
import { judge } from './verdict/judge.js';
import { table } from './verdict/table.js';
import { type Verdict, verdictOf } from './verdict/verdict.js';

export interface Rehearsal {
  readonly setting: Setting;
  /** Where each drill gets a folder of its own. */
  readonly results: string;
  readonly progress: Progress;
  readonly interrupted: Promise<never>;
}

/** Runs one drill from its release to its verdict, and keeps a record that tells how far it is. @returns whether it passed. */
export async function rehearse(drill: Drill, { results, ...rehearsal }: Rehearsal): Promise<boolean> {
  console.log(`\n${drill.name}: ${drill.summary}`);
  const { name, summary } = drill;
  const startedAt = Date.now();
  const time = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  const folder = join(results, `${name}-${time}`);
  const environment = rehearsal.setting.environment.name;
  const record = { name, environment, summary, startedAt, pid: process.pid };
  writeDrillRecord(folder, record);
  let verdict: Verdict | undefined;
  try {
    verdict = await judged(drill, rehearsal, folder);
  } finally {
    writeDrillRecord(folder, { ...record, endedAt: Date.now(), ...(verdict && { verdict }) });
  }
  console.log(`\n${name}: ${verdict.sentence}`);
  return verdict.passed;
}

async function judged(
  drill: Drill,
  { setting, progress, interrupted }: Omit<Rehearsal, 'results'>,
  folder: string,
): Promise<Verdict> {
  const observation = await runDrill(drill, setting, progress, interrupted);
  const judgement = judge(drill, observation);
  writeReport(folder, drill, observation, judgement);
  console.log(`\n${table(judgement)}\n\n  chart: ${relative(root, join(folder, 'chart.svg'))}`);
  return verdictOf(drill, judgement);
}
