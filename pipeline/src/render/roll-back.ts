import type { Delivery } from '../delivery/stage.js';
import { pnpm } from './commands.js';
import { roadJobs } from './road-job.js';

/** What the person who starts it says, as the engines hand it to the job. */
export const rollBackVariables = {
  environment: 'SHIPLINE_ROLL_BACK',
  release: 'SHIPLINE_ROLL_BACK_TO',
  /** `yes`, or nothing. */
  despiteContracts: 'SHIPLINE_DESPITE_CONTRACTS',
} as const;

/** The jobs that deploy, one per environment: with the rights, place and approval of each a release comes back there. */
export const deployingJobs = (delivery: Delivery) =>
  roadJobs(delivery).flatMap((job) => {
    const { aws } = job;
    return aws?.environment && job.job.gates.includes('deploy')
      ? [{ ...job, aws, id: `roll-back-${aws.environment}`, environment: aws.environment }]
      : [];
  });
export type DeployingJob = ReturnType<typeof deployingJobs>[number];

/** Typed by a person, and given to a shell: bash's `=~` looks at all of it, not at one line after the other. */
export const releaseNameCheck = `[[ "$${rollBackVariables.release}" =~ ^[0-9a-f]{12}$ ]] || { echo "A release is named by 12 hex digits." >&2; exit 1; }`;

export const rollBackCommand = ({ environment }: DeployingJob) =>
  `${pnpm} rollback ${environment} --to "$${rollBackVariables.release}" $([ "$${rollBackVariables.despiteContracts}" != yes ] || echo --despite-contracts)`;

/** What the gates reported of a release that was not brought back. */
export const rollBackReports = '.shipline/rollback/*/reports';
