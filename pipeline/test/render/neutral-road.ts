import { matchesGlob } from 'node:path';
import type { Delivery } from '../../src/delivery/stage.js';
import { roadJobs } from '../../src/render/road-job.js';

/** A job as an engine would run it, in words that no engine owns. */
export interface NeutralJob {
  readonly id: string;
  readonly stage: string;
  readonly gates: readonly string[];
  /** What the gates are told by `--env`. */
  readonly environment?: string;
  /** Whose rights it has, as `<account>/<role>`; absent = no credentials. */
  readonly role?: string;
  readonly release: 'none' | 'makes' | 'takes';
  /** It is given the digest that the package job saw, and refuses another release. */
  readonly checksDigest: boolean;
  /** It is given the digest of the plan that was approved. */
  readonly approvedPlan: boolean;
  /** Somebody has to say yes before it starts. */
  readonly approval: boolean;
  /** It starts within its stage's window only. */
  readonly window: boolean;
}

export interface NeutralRoad {
  readonly branch: string;
  /** Files of the repository whose change alone releases nothing. */
  readonly ignored: readonly string[];
  /** In the order in which they run. */
  readonly jobs: readonly NeutralJob[];
}

/** What every engine has to do. */
export function neutralRoad(delivery: Delivery, tracked: readonly string[]): NeutralRoad {
  const { branch, ignores } = delivery.source;
  return {
    branch,
    ignored: tracked.filter((path) => ignores.some((glob) => matches(path, glob))),
    jobs: roadJobs(delivery).map(({ id, stage, job, aws, release, approval, approvedPlanOf }) => ({
      id,
      stage: stage.name,
      gates: job.gates,
      ...(stage.environment && { environment: stage.environment }),
      ...(aws && { role: `${aws.environment ?? 'tools'}/${aws.name}` }),
      release,
      checksDigest: release === 'takes',
      approvedPlan: approvedPlanOf !== undefined,
      approval: approval !== undefined,
      window: stage.window !== undefined && stage.jobs[0] === job,
    })),
  };
}

/** A glob as GitHub, GitLab and CodePipeline mean it: names that begin with a dot are names like others. */
export const matches = (path: string, glob: string) =>
  matchesGlob(path.replace(/(^|\/)\./g, '$1_'), glob.replace(/(^|[/{,])\./g, '$1_'));

/** The gates of a command line, and its environment. */
export function gatesOf(line: string): Pick<NeutralJob, 'gates' | 'environment'> {
  const [command = '', environment] = line.split(' --env ');
  const [, words = ''] = / gate ([a-z\- ]+)$/.exec(command) ?? [];
  return { gates: words.split(' '), ...(environment && { environment }) };
}

/** The owner's variable of an account as the environment: `SHIPLINE_DEV_ACCOUNT` as `dev`. */
export const accountOf = (variable: string) =>
  (/SHIPLINE_(\w+)_ACCOUNT/.exec(variable)?.[1] ?? '').toLowerCase();

/** Orders jobs by what each waits for; those that wait for the same one would run side by side, which no job may. */
export function inOrder<J>(
  jobs: Readonly<Record<string, J>>,
  needs: (job: J) => readonly string[],
): [string, J][] {
  const ordered: [string, J][] = [];
  const done = new Set<string>();
  while (done.size < Object.keys(jobs).length) {
    const next = Object.entries(jobs).filter(
      ([id, job]) => !done.has(id) && needs(job).every((need) => done.has(need)),
    );
    const [first] = next;
    if (!first || next.length > 1)
      throw new Error(
        `After ${[...done].at(-1)} there is not one job but ${next.length}: ${next.map(([id]) => id)}`,
      );
    ordered.push(first);
    done.add(first[0]);
  }
  return ordered;
}
