import { parse } from 'yaml';
import { accountOf, gatesOf, inOrder, matches, type NeutralJob, type NeutralRoad } from './neutral-road.js';

interface Job {
  readonly stage: string;
  readonly needs: readonly { readonly job: string; readonly artifacts: boolean }[];
  readonly rules: readonly [
    { readonly if: string; readonly when?: string; readonly allow_failure?: boolean },
  ];
  readonly id_tokens?: object;
  readonly variables?: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly paths: readonly string[]; readonly reports?: { readonly dotenv: string } };
}
interface Rule {
  readonly if: string;
  readonly changes: readonly string[];
}
type Pipeline = Readonly<Record<string, Job>> & {
  readonly workflow: { readonly rules: [Rule] };
  readonly stages: readonly string[];
};

/** The road is what a push takes; a release comes back by jobs of a pipeline that somebody starts. */
const onTheRoad = ({ rules }: Job) => rules[0].if === '$CI_PIPELINE_SOURCE == "push"';

/** What holds for every job and is none. */
interface Unread {
  readonly default: unknown;
  readonly variables: unknown;
}

export function readGitlab(text: string, tracked: readonly string[]): NeutralRoad {
  const { workflow, stages, default: _, variables: __, ...rest } = parse(text) as Pipeline & Unread;
  const [rule] = workflow.rules;
  const road = Object.entries(rest as Readonly<Record<string, Job>>).filter(([, job]) => onTheRoad(job));
  const jobs = inOrder(Object.fromEntries(road), ({ needs }) => needs.map(({ job }) => job));
  const places = jobs.map(([, job]) => stages.indexOf(job.stage));
  if (places.some((place, index) => place < (places[index - 1] ?? 0))) throw new Error('A stage goes back.');
  return {
    branch: /CI_COMMIT_BRANCH == "(\w+)"/.exec(rule.if)?.[1] ?? '',
    ignored: tracked.filter((path) => !rule.changes.some((glob) => matches(path, glob))),
    jobs: jobs.map(([id, job]) => readJob(id, job)),
  };
}

function readJob(id: string, job: Job): NeutralJob {
  const given = job.needs.flatMap((need) => (need.artifacts ? [need.job] : []));
  const arn = job.id_tokens ? job.variables?.['AWS_ROLE_ARN'] : undefined;
  return {
    id,
    stage: job.stage,
    ...gatesOf(job.script.find((line) => line.includes(' gate ')) ?? ''),
    ...(arn && { role: `${accountOf(arn)}/${arn.split('/').at(-1)}` }),
    release: job.artifacts.paths.includes('.shipline/release')
      ? 'makes'
      : given.includes('build-package')
        ? 'takes'
        : 'none',
    checksDigest:
      given.includes('build-package') &&
      job.script.some(
        (line) => line.includes('"$SHIPLINE_RELEASE_DIGEST  ') && line.includes('sha256sum --check'),
      ),
    approvedPlan:
      given.includes('approval-plan') &&
      job.script.some((line) => line.includes('mv .shipline/reports/plan.json ')),
    approval: job.rules[0].when === 'manual' && job.rules[0].allow_failure === false,
    window: job.script.some((line) => line.includes(' pipeline window ')),
  };
}
