import { deployedTargetOf } from '@shipline/tooling/deploy/target';
import { deployRelease } from '../deploy/deploying.js';
import { keptReleases } from '../deploy/kept-releases.js';
import { isSealed, type Plan, planFile, readPlan } from '../deploy/plan-file.js';
import { releaseIn } from '../deploy/release-digest.js';
import { type Gate, type GateContext, GateShut, namedEnvironment } from './gate.js';

/** Executes exactly the change sets that were planned, and keeps the release for a way back. */
export const deploy: Gate = {
  title: 'Deploy the release',
  performs: ['launch-environment', 'database-deploy', 'deploy-software', 'progressive-deployment'],
  deployed: true,
  async run(context) {
    const { releaseFolder, progress } = context;
    const { release } = releaseIn(releaseFolder);
    const plan = planOf(context);
    const target = await deployedTargetOf(namedEnvironment(context), progress.note);
    await keptReleases().keep(release, releaseFolder);
    const { outputs, changed } = await deployRelease({ target, releaseFolder, plan }, progress);
    const what = changed.length > 0 ? `changed: ${changed.join(', ')}` : 'no stack changed';
    progress.note(`${outputs.environment} runs release ${release} (${what}): ${outputs.storefrontUrl}`);
  },
};

/** @throws {GateShut} unless this release was planned for this environment. */
function planOf({ releaseFolder, reports, environment }: GateContext): Plan {
  const plan = readPlan(planFile(reports));
  if (!plan || !isSealed(plan))
    throw new GateShut(`There is no plan in ${planFile(reports)}: run the gate \`plan\` before.`);
  const { digest } = releaseIn(releaseFolder);
  if (plan.release === digest && plan.environment === environment) return plan;
  throw new GateShut(
    `The plan is of release ${plan.release.slice(0, 12)} for ${plan.environment}, and this is ${digest.slice(0, 12)} for ${environment}.`,
  );
}
