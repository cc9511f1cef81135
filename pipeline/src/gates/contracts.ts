import { stackName } from '@shipline/infra';
import { describeStack } from '@shipline/tooling/deploy/describe-stack';
import { deployedTargetOf } from '@shipline/tooling/deploy/target';
import { breaksBetween } from '../contracts/compare.js';
import { contractsIn, contractsOf } from '../contracts/published.js';
import { accountOf } from '../deploy/account.js';
import { type Gate, GateShut, namedEnvironment } from './gate.js';

/** How many breaks the sentence names. */
const shown = 5;

/**
 * Can the release that is live here work beside this one? Both run while traffic shifts, and a rollback brings the
 * older one back to what the newer one has written: what is published may grow, but not shrink (N-1).
 */
export const contracts: Gate = {
  title: 'Compare the contracts with the live release',
  performs: ['database-deploy'],
  deployed: true,
  async run(context) {
    const { releaseFolder, progress } = context;
    if (context.goesBack) {
      progress.note(
        'Not asked on the way back: this is the older side, and what is live was let in only because this can live beside it',
      );
      return;
    }
    const next = contractsIn(releaseFolder);
    const target = await deployedTargetOf(namedEnvironment(context), progress.note);
    const { cloudFormation, s3 } = accountOf(target);
    const edge = await describeStack(cloudFormation, stackName(target.environment.name, 'edge'));
    const bucket = edge?.Outputs?.find(({ OutputKey }) => OutputKey === 'SiteBucketName')?.OutputValue;
    const live = bucket === undefined ? undefined : await contractsOf(s3, bucket);
    if (!live) {
      progress.note('Nothing is live yet: there is nothing to agree with');
      return;
    }
    const breaks = breaksBetween(live, next);
    if (breaks.length > 0) throw new GateShut(sentenceOf(breaks));
    progress.note(
      `${Object.keys(live.api.paths ?? {}).length} paths and ${Object.keys(live.events).length} events stay readable`,
    );
  },
};

function sentenceOf(breaks: readonly string[]): string {
  const rest = breaks.length > shown ? `; and ${breaks.length - shown} more` : '';
  return `The live release cannot work beside this one: ${breaks.slice(0, shown).join('; ')}${rest}. Add what is new beside what is there, and remove that with a later release: docs/delivery.md (State).`;
}
