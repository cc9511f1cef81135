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
          if: `$${ownersAccount} && $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "${branch}"`,
          changes: changesFrom(ignores, tracked),
        },
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
  });
  return textOf(document);
}

function jobOf(job: RoadJob, jobs: readonly RoadJob[], region: string) {
  const { stage, aws } = job;
  return {
    stage: stage.name,
    ...needsOf(job, jobs),
    timeout: `${timeoutMinutes(job)} minutes`,
    ...(aws && {
      environment: {
        name: aws.place,
        deployment_tier: gitlabTier(aws.environment, job.job.role),
        // Only what deploys is a deployment in GitLab's records.
        ...(job.job.role !== 'deploy' && { action: 'access' }),
      },
      id_tokens: { AWS_ID_TOKEN: { aud: audience } },
      variables: credentials(aws, region),
    }),
    // GitLab runs the jobs of the oldest pipeline first (docs/delivery.md sets the mode).
    ...(aws?.environment && { resource_group: `shipline-${aws.environment}` }),
    ...(job.approval && { when: 'manual', allow_failure: false }),
    script: scriptOf(job),
    artifacts: artifactsOf(job),
  };
}

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

const scriptOf = (job: RoadJob) => [
  ...(job.approval && job.stage.window ? [windowCheck(job.stage)] : []),
  ...(job.release === 'takes' ? [releaseCheck] : []),
  // The plan came with the reports of the job that made it.
  ...(job.approvedPlanOf ? [takePlan(planFile)] : []),
  ...(job.aws ? ['(umask 077 && printf %s "$AWS_ID_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE")'] : []),
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
