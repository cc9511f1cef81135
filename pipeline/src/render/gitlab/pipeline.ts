import { audience, gitlabTier } from '../../accounts/oidc.js';
import { planFile, planText, releaseFolder, reportsFolder } from '../../delivery/handed-on.js';
import type { Delivery } from '../../delivery/stage.js';
import {
  accountOf,
  digestOf,
  digestsOf,
  gateCommand,
  ownersAccount,
  releaseCheck,
  releaseVariables,
  takePlan,
  timeoutMinutes,
  windowCheck,
} from '../commands.js';
import { renderedDocument, textOf } from '../rendered-document.js';
import { type RoadJob, roadJobs } from '../road-job.js';
import {
  type DeployingJob,
  deployingJobs,
  releaseNameCheck,
  rollBackCommand,
  rollBackReports,
  rollBackVariables,
} from '../roll-back.js';
import { changesFrom } from './changes.js';

/** `.gitlab-ci.yml`; the accounts and the Stripe key are CI/CD variables of the project. */
export function renderGitlab(delivery: Delivery, region: string, tracked: readonly string[]): string {
  const jobs = roadJobs(delivery);
  const { branch, ignores } = delivery.source;
  const document = renderedDocument({
    workflow: {
      rules: [
        {
          // In a clone whose owner has set nothing up there is no pipeline.
          if: `$${ownersAccount} && ${byPush} && $CI_COMMIT_BRANCH == "${branch}"`,
          changes: changesFrom(ignores, tracked),
        },
        { if: `$${ownersAccount} && ${byHand} && $CI_COMMIT_BRANCH == "${branch}" && ${goesBack}` },
      ],
    },
    variables: releaseVariables(`$${ownersAccount}`, region),
    stages: delivery.stages.map(({ name }) => name),
    default: {
      image: 'node:24-bookworm',
      interruptible: false,
      before_script: [
        'apt-get update -qq && apt-get install -qq --no-install-recommends python3-venv libnss3',
      ],
    },
    ...Object.fromEntries(jobs.map((job) => [job.id, jobOf(job, jobs, region)])),
    ...Object.fromEntries(deployingJobs(delivery).map((job) => [job.id, rollBackJob(job, region)])),
  });
  return textOf(document);
}

/** A push takes the road; somebody who starts a pipeline and says what goes back gets the one job for that. */
const byPush = '$CI_PIPELINE_SOURCE == "push"';
const byHand = '$CI_PIPELINE_SOURCE =~ /^(web|api)$/';
const goesBack = `$${rollBackVariables.environment}`;

const jobOf = (job: RoadJob, jobs: readonly RoadJob[], region: string) => ({
  stage: job.stage.name,
  rules: rulesOf(job, byPush),
  ...needsOf(job, jobs),
  ...placeOf(job, region),
  script: scriptOf(job),
  artifacts: artifactsOf(job),
});

const rollBackJob = (job: DeployingJob, region: string) => ({
  stage: job.stage.name,
  rules: rulesOf(job, `${byHand} && ${goesBack} == "${job.environment}"`),
  needs: [],
  ...placeOf(job, region),
  script: [releaseNameCheck, takeToken, rollBackCommand(job)],
  artifacts: { when: 'on_failure', paths: [rollBackReports] },
});

/** With an approval somebody who may deploy there has to start it. */
const rulesOf = ({ approval }: RoadJob, condition: string) => [
  { if: condition, ...(approval && { when: 'manual', allow_failure: false }) },
];

/** For how long a job runs, with whose rights, and after whom. */
const placeOf = (job: RoadJob, region: string) => ({
  timeout: `${timeoutMinutes(job)} minutes`,
  ...(job.aws && {
    environment: {
      name: job.aws.place,
      deployment_tier: gitlabTier(job.aws.environment, job.job.role),
      // Only what deploys is a deployment in GitLab's records.
      ...(job.job.role !== 'deploy' && { action: 'access' }),
    },
    id_tokens: { AWS_ID_TOKEN: { aud: audience } },
    variables: credentials(job.aws, region),
  }),
  // GitLab runs the jobs of the oldest pipeline first (docs/delivery.md sets the mode).
  ...(job.aws?.environment && { resource_group: `shipline-${job.aws.environment}` }),
});

/** The job before it, and those whose release and digests it is given. */
function needsOf({ release, approvedPlanOf, after }: RoadJob, jobs: readonly RoadJob[]) {
  const maker = release === 'takes' ? jobs.find((job) => job.release === 'makes')?.id : undefined;
  const givers = [maker, approvedPlanOf].filter((id) => id !== undefined);
  const names = [...new Set([...givers, after].filter((id) => id !== undefined))];
  return { needs: names.map((job) => ({ job, artifacts: givers.includes(job) })) };
}

/** The AWS SDKs and the SAM CLI trade the token for the role by themselves, and again when it runs out. */
const credentials = (aws: NonNullable<RoadJob['aws']>, region: string) => ({
  AWS_REGION: region,
  AWS_ROLE_ARN: `arn:aws:iam::$${accountOf(aws)}:role/${aws.name}`,
  AWS_ROLE_SESSION_NAME: 'shipline-$CI_JOB_ID',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/tmp/aws-id-token',
});

const takeToken = '(umask 077 && printf %s "$AWS_ID_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE")';

const scriptOf = (job: RoadJob) => [
  ...(job.approval && job.stage.window ? [windowCheck(job.stage)] : []),
  ...(job.release === 'takes' ? [releaseCheck] : []),
  // The plan came with the reports of the job that made it.
  ...(job.approvedPlanOf ? [takePlan(planFile)] : []),
  ...(job.aws ? [takeToken] : []),
  gateCommand(job),
  ...(job.plansForApproval ? [`cat ${planText}`] : []),
  ...digestsOf(job).map(({ name, file }) => `echo "${name}=${digestOf(file)}" | tee -a ${digestsFile}`),
];

const digestsFile = '.shipline/digests.env';

const artifactsOf = (job: RoadJob) => ({
  when: 'always',
  paths: [...(job.release === 'makes' ? [releaseFolder] : []), reportsFolder],
  ...(digestsOf(job).length > 0 && { reports: { dotenv: digestsFile } }),
});
