import { approvedRest } from '../deploy/approved-rest.js';
import { approvedPlanFile, isSealed, planFile, readPlan } from '../deploy/plan-file.js';
import { planDifferences } from '../deploy/plan-text.js';
import { releaseIn } from '../deploy/release-digest.js';
import { packagedTemplateOf } from '../deploy/sam-stack.js';
import { type Gate, GateShut } from './gate.js';

/** How many differences the sentence names. */
const shown = 3;

/**
 * Has a person said yes to exactly this? An approval is bound to the release's manifest and to the plan: the engine
 * hands over, unchanged, the plan that the person saw (`approved-plan.json` among the reports). A release that comes back was
 * approved when it came: its plan led there from what was live before it, and the way back is another. Where a
 * deployment of it has ended half-way, what is left of it is approved as well.
 */
export const approved: Gate = {
  title: 'Compare with what was approved',
  performs: ['manual-approval'],
  deployed: true,
  async run({ releaseFolder, reports, goesBack, progress }) {
    const seen = readPlan(approvedPlanFile(reports));
    if (!seen) throw new GateShut(`Nobody has approved anything: there is no ${approvedPlanFile(reports)}.`);
    if (!isSealed(seen)) throw new GateShut('The approved plan was changed after it was made.');
    const { digest } = releaseIn(releaseFolder);
    if (seen.release !== digest)
      throw new GateShut(
        `Another release was approved: ${seen.release.slice(0, 12)}, and this is ${digest.slice(0, 12)}.`,
      );
    const now = readPlan(planFile(reports));
    if (!now || !isSealed(now))
      throw new GateShut('There is no plan to compare: run the gate `plan` before.');
    if (goesBack) {
      progress.note(`Release ${digest.slice(0, 12)} was approved before and comes back by another plan`);
      return;
    }
    const rest = approvedRest(seen, now, packagedTemplateOf);
    if (now.digest !== rest.digest) throw new GateShut(differenceBetween(planDifferences(rest, now)));
    const what =
      now.digest === seen.digest ? 'Plan' : `What is left of plan ${seen.digest.slice(0, 12)}: plan`;
    progress.note(`${what} ${now.digest.slice(0, 12)} of release ${digest.slice(0, 12)} was approved`);
  },
};

function differenceBetween(lines: readonly string[]): string {
  const rest = lines.length > shown ? ` and ${lines.length - shown} more` : '';
  return `The plan is no longer the approved one (${lines.slice(0, shown).join('; ')}${rest}): approve it anew.`;
}
