import { isScalar, visit } from 'yaml';
import { handedOn } from '../../delivery/handed-on.js';
import type { Delivery } from '../../delivery/stage.js';
import { digestsOf, ownersAccount, ownersVariables, releaseVariables, timeoutMinutes } from '../commands.js';
import { renderedDocument, textOf } from '../rendered-document.js';
import { type RoadJob, roadJobs } from '../road-job.js';
import { releaseOf } from './actions.js';
import { stepsOf } from './steps.js';

/** `.github/workflows/deliver.yml` */
export function renderGithub(delivery: Delivery, region: string): string {
  const jobs = roadJobs(delivery);
  const document = renderedDocument({
    name: 'Deliver',
    on: { push: { branches: [delivery.source.branch], 'paths-ignore': [...delivery.source.ignores] } },
    permissions: {},
    // One release has the road for itself; of those that wait for it, GitHub keeps the newest.
    concurrency: { group: 'deliver', 'cancel-in-progress': false },
    env: {
      ...Object.fromEntries(ownersVariables.map((name) => [name, `\${{ vars.${name} }}`])),
      ...releaseVariables(`\${{ vars.${ownersAccount} }}`, region),
    },
    jobs: Object.fromEntries(jobs.map((job) => [job.id, jobOf(job, jobs, region)])),
  });
  visit(document, {
    Scalar(_, node) {
      const release = typeof node.value === 'string' ? releaseOf(node.value) : undefined;
      if (isScalar(node) && release) node.comment = ` ${release}`;
    },
  });
  return textOf(document);
}

function jobOf(job: RoadJob, jobs: readonly RoadJob[], region: string) {
  const { stage, aws, after } = job;
  const given = givenTo(job, jobs);
  const outputs = digestsOf(job).map(({ name }) => [name, `\${{ steps.digests.outputs.${name} }}`]);
  return {
    name: `${stage.name}: ${job.job.name}`,
    // In a clone whose owner has set nothing up: GitHub skips with a job all that need it.
    ...(after
      ? { needs: [...new Set([after, ...given.map(({ from }) => from)])] }
      : { if: `vars.${ownersAccount} != ''` }),
    'runs-on': 'ubuntu-24.04',
    'timeout-minutes': timeoutMinutes(job),
    permissions: { contents: 'read', ...(aws && { 'id-token': 'write' }) },
    ...(aws && { environment: aws.place }),
    // Nothing else that deploys there runs at the same time.
    ...(aws?.environment && { concurrency: { group: `deploy-${aws.environment}` } }),
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
