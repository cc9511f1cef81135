import { sessionSeconds } from '../../accounts/names.js';
import { planFile, planText, releaseFolder, reportsFolder } from '../../delivery/handed-on.js';
import type { JobRole } from '../../delivery/stage.js';
import {
  accountOf,
  digestOf,
  digestsOf,
  gateCommand,
  releaseCheck,
  takePlan,
  windowCheck,
} from '../commands.js';
import type { RoadJob } from '../road-job.js';
import { type DeployingJob, releaseNameCheck, rollBackCommand, rollBackReports } from '../roll-back.js';
import { actions } from './actions.js';

/** A step of a job, as GitHub reads it. */
export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly run?: string;
}

export const stepsOf = (job: RoadJob, region: string): Step[] => [
  ...prepare,
  ...(job.approval && job.stage.window ? [{ name: 'Window', run: windowCheck(job.stage) }] : []),
  ...(job.release === 'takes' ? takeRelease : []),
  ...(job.approvedPlanOf ? takeApprovedPlan : []),
  ...(job.aws ? [credentials(job.aws, job.job.role, region)] : []),
  { name: 'Gates', run: gateCommand(job) },
  ...(digestsOf(job).length > 0 ? [digests(job)] : []),
  ...(job.release === 'makes' ? [keepRelease] : []),
  ...(job.plansForApproval ? [keepPlan] : []),
  keepReports(job.id, reportsFolder),
];

export const rollBackSteps = (job: DeployingJob, region: string): Step[] => [
  { name: 'Is it the name of a release', run: releaseNameCheck },
  ...prepare,
  credentials(job.aws, job.job.role, region),
  { name: 'Roll back', run: rollBackCommand(job) },
  { ...keepReports(job.id, rollBackReports), if: 'failure()' },
];

const prepare: Step[] = [
  { uses: actions.checkout[0], with: { 'persist-credentials': false } },
  { uses: actions.setupNode[0], with: { 'node-version': 24 } },
  { uses: actions.setupPython[0], with: { 'python-version': '3.12' } },
];

const keepRelease: Step = {
  name: 'Keep the release',
  uses: actions.uploadArtifact[0],
  // .shipline is a hidden folder, which is left out otherwise.
  with: { name: 'release', path: releaseFolder, 'include-hidden-files': true, 'if-no-files-found': 'error' },
};

const takeRelease: Step[] = [
  {
    name: 'Take the release',
    uses: actions.downloadArtifact[0],
    with: { name: 'release', path: releaseFolder },
  },
  { name: 'Is it the one that was packaged', run: releaseCheck },
];

const keepPlan: Step = {
  name: 'Keep the plan',
  uses: actions.uploadArtifact[0],
  with: { name: 'plan', path: planFile, 'include-hidden-files': true, 'if-no-files-found': 'error' },
};

const takeApprovedPlan: Step[] = [
  {
    name: 'Take the plan',
    uses: actions.downloadArtifact[0],
    with: { name: 'plan', path: '.shipline/approved' },
  },
  { name: 'Is it the one that was shown', run: takePlan('.shipline/approved/plan.json') },
];

const credentials = (aws: NonNullable<RoadJob['aws']>, role: JobRole, region: string): Step => ({
  name: 'AWS',
  uses: actions.configureAws[0],
  with: {
    'role-to-assume': `arn:aws:iam::\${{ vars.${accountOf(aws)} }}:role/${aws.name}`,
    'role-duration-seconds': sessionSeconds(role),
    'aws-region': region,
    'mask-aws-account-id': true,
  },
});

/** Outputs for the jobs after it, and what whoever approves reads first. */
const digests = (job: RoadJob): Step => ({
  name: 'Digests',
  id: 'digests',
  run: [
    ...digestsOf(job).map(({ name, file }) => `echo "${name}=${digestOf(file)}" >> "$GITHUB_OUTPUT"`),
    ...(job.plansForApproval ? [`cat "$GITHUB_OUTPUT" ${planText} >> "$GITHUB_STEP_SUMMARY"`] : []),
  ].join('\n'),
});

const keepReports = (id: string, path: string): Step => ({
  name: 'Keep the reports',
  if: 'always()',
  uses: actions.uploadArtifact[0],
  with: { name: `reports-${id}`, path, 'include-hidden-files': true },
});
