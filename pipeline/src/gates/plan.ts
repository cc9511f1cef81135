import { mkdirSync, writeFileSync } from 'node:fs';
import { deployedTargetOf } from '@shipline/tooling/deploy/target';
import { accountOf } from '../deploy/account.js';
import { planFile, planTextFile, sealed, writePlan } from '../deploy/plan-file.js';
import { planText } from '../deploy/plan-text.js';
import { planStacks } from '../deploy/planning.js';
import { releaseIn } from '../deploy/release-digest.js';
import { releasedWaves } from '../deploy/released-stacks.js';
import { samSettingOf } from '../deploy/sam-setting.js';
import { doubtsAboutState, refuseLossOfState } from '../deploy/state-guard.js';
import { type Gate, namedEnvironment } from './gate.js';

/** What would this release do here? Its change sets are made; it shuts when one would lose state. */
export const plan: Gate = {
  title: 'Make the change sets',
  performs: ['manual-approval'],
  deployed: true,
  async run(context) {
    const { releaseFolder, reports, progress } = context;
    const release = releaseIn(releaseFolder);
    const target = await deployedTargetOf(namedEnvironment(context), progress.note);
    const { environment } = target;
    const account = accountOf(target);
    const sam = await samSettingOf(target, account.s3, progress.note);
    const waves = releasedWaves(releaseFolder, environment);
    const { stacks, unchanged } = await planStacks({ account, sam }, waves.flat());
    const made = sealed({
      version: 1,
      environment: environment.name,
      release: release.digest,
      stacks,
      unchanged: unchanged.map(({ id }) => id),
    });
    mkdirSync(reports, { recursive: true });
    writePlan(planFile(reports), made);
    writeFileSync(planTextFile(reports), planText(made));
    for (const doubt of doubtsAboutState(stacks)) progress.note(doubt);
    progress.note(`${stacks.length} stacks change, ${unchanged.length} are left alone: ${planFile(reports)}`);
    refuseLossOfState(stacks);
  },
};
