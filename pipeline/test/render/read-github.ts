import { parse } from 'yaml';
import type { ProtectedEnvironment } from '../../src/render/github/environments.js';
import { accountOf, gatesOf, inOrder, matches, type NeutralJob, type NeutralRoad } from './neutral-road.js';

interface Job {
  readonly needs?: readonly string[];
  readonly name: string;
  readonly environment?: string;
  readonly permissions: { readonly 'id-token'?: string };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: { readonly push: { readonly branches: [string]; readonly 'paths-ignore': string[] } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Reads the workflow back, together with the protection of the environments that it names. */
export function readGithub(workflow: string, protections: string, tracked: readonly string[]): NeutralRoad {
  const { on, jobs } = parse(workflow) as Workflow;
  const environments = JSON.parse(protections) as ProtectedEnvironment[];
  return {
    branch: on.push.branches.join(),
    ignored: tracked.filter((path) => on.push['paths-ignore'].some((glob) => matches(path, glob))),
    jobs: inOrder(jobs, ({ needs = [] }) => needs).map(([id, job]) => readJob(id, job, environments)),
  };
}

function readJob(id: string, job: Job, environments: readonly ProtectedEnvironment[]): NeutralJob {
  const run = job.steps.flatMap((step) => step.run ?? []);
  const role = roleOf(job);
  return {
    id,
    stage: job.name.split(': ')[0] ?? '',
    ...gatesOf(run.find((line) => line.includes(' gate ')) ?? ''),
    ...(role && { role }),
    release: stepWith(job, 'upload-artifact', 'release')
      ? 'makes'
      : stepWith(job, 'download-artifact', 'release')
        ? 'takes'
        : 'none',
    checksDigest:
      job.env?.['SHIPLINE_RELEASE_DIGEST'] === output('build-package', 'SHIPLINE_RELEASE_DIGEST') &&
      run.some((line) => line.includes('"$SHIPLINE_RELEASE_DIGEST  ') && line.includes('sha256sum --check')),
    approvedPlan:
      stepWith(job, 'download-artifact', 'plan') &&
      job.env?.['SHIPLINE_PLAN_DIGEST'] === output('approval-plan', 'SHIPLINE_PLAN_DIGEST'),
    approval: environments.some(({ name, approval }) => approval && name === job.environment),
    window: run.some((line) => line.includes(' pipeline window ')),
  };
}

const output = (job: string, name: string) => `\${{ needs.${job}.outputs.${name} }}`;

const stepWith = ({ steps }: Job, action: string, name: string) =>
  steps.some((step) => step.uses?.includes(`/${action}@`) && step.with?.['name'] === name);

/** Without the permission to ask for a token there is no role. */
function roleOf({ steps, permissions }: Job): string | undefined {
  const arn = steps.find(({ uses }) => uses?.includes('configure-aws'))?.with?.['role-to-assume'];
  if (!arn || permissions['id-token'] !== 'write') return undefined;
  return `${accountOf(arn)}/${arn.split('/').at(-1)}`;
}
