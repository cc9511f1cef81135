import { handedOn } from '../../delivery/handed-on.js';
import type { Delivery } from '../../delivery/stage.js';
import { digestsOf } from '../commands.js';
import { type RoadJob, roadJobs } from '../road-job.js';
import { isSetUp, placeOf, variablesOf, workflowText } from './document.js';
import { stepsOf } from './steps.js';

/** `.github/workflows/deliver.yml` */
export function renderGithub(delivery: Delivery, region: string): string {
  const jobs = roadJobs(delivery);
  return workflowText({
    name: 'Deliver',
    on: { push: { branches: [delivery.source.branch], 'paths-ignore': [...delivery.source.ignores] } },
    permissions: {},
    // One release has the road for itself; of those that wait for it, GitHub keeps the newest.
    concurrency: { group: 'deliver', 'cancel-in-progress': false },
    env: variablesOf(region),
    jobs: Object.fromEntries(jobs.map((job) => [job.id, jobOf(job, jobs, region)])),
  });
}

function jobOf(job: RoadJob, jobs: readonly RoadJob[], region: string) {
  const { stage, after } = job;
  const given = givenTo(job, jobs);
  const outputs = digestsOf(job).map(({ name }) => [name, `\${{ steps.digests.outputs.${name} }}`]);
  return {
    name: `${stage.name}: ${job.job.name}`,
    // In a clone whose owner has set nothing up: GitHub skips with a job all that need it.
    ...(after ? { needs: [...new Set([after, ...given.map(({ from }) => from)])] } : { if: isSetUp }),
    ...placeOf(job),
    ...(given.length > 0 && {
      env: Object.fromEntries(given.map(({ name, from }) => [name, `\${{ needs.${from}.outputs.${name} }}`])),
    }),
    ...(outputs.length > 0 && { outputs: Object.fromEntries(outputs) }),
    steps: stepsOf(job, region),
  };
}

/** Digests that a job is given, and the jobs that have made them. */
function givenTo({ release, approvedPlanOf }: RoadJob, jobs: readonly RoadJob[]) {
  const maker = jobs.find((job) => job.release === 'makes');
  return [
    ...(release === 'takes' && maker ? [{ name: handedOn.releaseDigest, from: maker.id }] : []),
    ...(approvedPlanOf ? [{ name: handedOn.planDigest, from: approvedPlanOf }] : []),
  ];
}
