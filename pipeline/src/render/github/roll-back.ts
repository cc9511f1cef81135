import type { Delivery } from '../../delivery/stage.js';
import { type DeployingJob, deployingJobs, rollBackVariables } from '../roll-back.js';
import { isSetUp, placeOf, variablesOf, workflowText } from './document.js';
import { rollBackSteps } from './steps.js';

/** `.github/workflows/roll-back.yml`: started by a person, with one job per environment, of which one runs. */
export function renderGithubRollBack(delivery: Delivery, region: string): string {
  const jobs = deployingJobs(delivery);
  return workflowText({
    name: 'Roll back',
    'run-name': `Roll back \${{ inputs.environment }} to \${{ inputs.release }}`,
    on: { workflow_dispatch: { inputs: inputsOf(jobs) } },
    permissions: {},
    env: {
      ...variablesOf(region),
      // As variables: what a person types is never part of a command.
      [rollBackVariables.release]: `\${{ inputs.release }}`,
      [rollBackVariables.despiteContracts]: `\${{ inputs.despite-contracts && 'yes' || '' }}`,
    },
    jobs: Object.fromEntries(jobs.map((job) => [job.id, jobOf(job, delivery.source.branch, region)])),
  });
}

const inputsOf = (jobs: readonly DeployingJob[]) => ({
  environment: {
    description: 'Which environment goes back',
    type: 'choice',
    required: true,
    options: jobs.map(({ environment }) => environment),
  },
  release: {
    description: 'To which release: 12 hex digits, as the gate `deploy` told them',
    type: 'string',
    required: true,
  },
  'despite-contracts': {
    description: 'Although the release cannot read everything that the live one has written',
    type: 'boolean',
    default: false,
  },
});

const jobOf = (job: DeployingJob, branch: string, region: string) => ({
  name: `roll back ${job.environment}`,
  if: `${isSetUp} && github.ref == 'refs/heads/${branch}' && inputs.environment == '${job.environment}'`,
  ...placeOf(job),
  steps: rollBackSteps(job, region),
});
