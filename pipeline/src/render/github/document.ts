import { isScalar, visit } from 'yaml';
import { ownersAccount, ownersVariables, releaseVariables, timeoutMinutes } from '../commands.js';
import { renderedDocument, textOf } from '../rendered-document.js';
import type { RoadJob } from '../road-job.js';
import { releaseOf } from './actions.js';

/** A workflow as text; beside each action stands the release that its commit is. */
export function workflowText(workflow: object): string {
  const document = renderedDocument(workflow);
  visit(document, {
    Scalar(_, node) {
      const release = typeof node.value === 'string' ? releaseOf(node.value) : undefined;
      if (isScalar(node) && release) node.comment = ` ${release}`;
    },
  });
  return textOf(document);
}

/** What the owner has set, and what follows from it. */
export const variablesOf = (region: string) => ({
  ...Object.fromEntries(ownersVariables.map((name) => [name, `\${{ vars.${name} }}`])),
  ...releaseVariables(`\${{ vars.${ownersAccount} }}`, region),
});

/** In a clone whose owner has set nothing up it is not true. */
export const isSetUp = `vars.${ownersAccount} != ''`;

/** Where a job runs, for how long, and whose rights it can ask for. */
export const placeOf = (job: RoadJob) => ({
  'runs-on': 'ubuntu-24.04',
  'timeout-minutes': timeoutMinutes(job),
  permissions: { contents: 'read', ...(job.aws && { 'id-token': 'write' }) },
  ...(job.aws && { environment: job.aws.place }),
  // Nothing else that deploys there runs at the same time.
  ...(job.aws?.environment && { concurrency: { group: `deploy-${job.aws.environment}` } }),
});
