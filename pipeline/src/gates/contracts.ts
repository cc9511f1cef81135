import { deployedTargetOf } from '@shipline/tooling/deploy/target';
import { breaksBeside } from '../contracts/beside.js';
import type { PublishedContracts } from '../contracts/compare.js';
import { contractsIn, liveContracts, siteBucketOf } from '../contracts/published.js';
import { accountOf } from '../deploy/account.js';
import { type Gate, GateShut, namedEnvironment } from './gate.js';

/** How many breaks the sentence names. */
const shown = 5;

/**
 * Can the release that is live here work beside this one? Both run while traffic shifts, and a rollback brings the
 * older one back to what the newer one has written: what is published may grow, and lose only what the live release has
 * marked deprecated (N-1). A release that goes back is the older side itself, and may be more than one release older: it
 * is asked the same with the sides swapped.
 */
export const contracts: Gate = {
  title: 'Compare the contracts with the live release',
  performs: ['database-deploy'],
  deployed: true,
  async run(context) {
    const { releaseFolder, goesBack = false, progress } = context;
    if (goesBack) progress.note('It comes back: can it read what is live?');
    const release = contractsIn(releaseFolder);
    const target = await deployedTargetOf(namedEnvironment(context), progress.note);
    const { cloudFormation, s3 } = accountOf(target);
    const bucket = await siteBucketOf(cloudFormation, target.environment.name);
    const live = bucket === undefined ? [] : await liveContracts(s3, bucket);
    if (live.length === 0) {
      progress.note('Nothing is live yet: there is nothing to agree with');
      return;
    }
    const breaks = breaksBeside({ live, release, goesBack });
    if (breaks.length > 0) throw new GateShut(goesBack ? wayBack(breaks) : wayOn(breaks, live.length));
    const count = (namesOf: (one: PublishedContracts) => object) =>
      new Set(live.flatMap((one) => Object.keys(namesOf(one)))).size;
    progress.note(
      `${count(({ api }) => api.paths ?? {})} paths and ${count(({ events }) => events)} events stay readable`,
    );
  },
};

export function wayOn(breaks: readonly string[], live: number): string {
  const half =
    live > 1
      ? ' A deployment has ended half-way here: `pnpm rollback` to the release before it leaves one to agree with.'
      : '';
  return `What is live cannot work beside this one: ${named(breaks)}. Add what is new beside what is there; what is to go, mark deprecated (a field optional or with a default), release that, and remove it with a later release: docs/delivery.md (State).${half}`;
}

const wayBack = (breaks: readonly string[]) =>
  `This release cannot read what is live: since then ${named(breaks)}. Go back to one that is less old, or forward: docs/delivery.md (Rolling back).`;

function named(breaks: readonly string[]): string {
  const rest = breaks.length > shown ? `; and ${breaks.length - shown} more` : '';
  return `${breaks.slice(0, shown).join('; ')}${rest}`;
}
