import { cloudPlace } from '@shipline/local-cloud';
import type { Values } from '@shipline/tooling/cli';
import { ensureCloud } from '@shipline/tooling/deploy/local';
import { consoleProgress } from '@shipline/tooling/progress';
import { withShortWaits } from '@shipline/tooling/short-waits';
import { delivery } from '../../src/delivery.js';
import { stopOfTheRoad } from '../../src/laptop/interruption.js';
import { aloneWatching, inTurnOnTheRoad } from '../../src/laptop/road-lock.js';
import { travel, verdictText } from '../../src/laptop/travel.js';
import {
  bareRepository,
  prepareRemote,
  releasePushes,
  remoteName,
  tipOf,
  touches,
} from '../../src/laptop/watch.js';

/** Releases every push to this machine's bare repository, until Ctrl-C. */
export const watch = (_: readonly string[], { yes }: Values): Promise<number> =>
  aloneWatching(() => releaseWhatIsPushed(yes === true));

async function releaseWhatIsPushed(yes: boolean): Promise<number> {
  const { branch, ignores } = delivery.source;
  const { note } = consoleProgress();
  await prepareRemote();
  const cloud = cloudPlace();
  await ensureCloud(cloud, consoleProgress());
  const stopped = stopOfTheRoad();
  console.log(`Waiting for pushes: \`git push ${remoteName} ${branch}\` releases. Ctrl-C ends it.`);
  await releasePushes({
    tip: () => tipOf(branch),
    matters: (from, to) => touches(from, to, ignores),
    async release(commit) {
      const options = { yes, say: note, stopped };
      const record = await inTurnOnTheRoad({ say: note, stopped }, () =>
        withShortWaits(cloud.port, () => travel(commit, options, bareRepository)),
      ).catch((error: unknown) => {
        // Ctrl-C before its turn came: nothing has been done.
        if (!(error instanceof Error && error.name === 'AbortError')) throw error;
      });
      if (record) console.log(verdictText(record));
    },
    say: note,
    stopped,
  });
  return 0;
}
