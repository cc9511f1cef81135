import { cloudPlace } from '@shipline/local-cloud';
import { INTERRUPTED, UserError, type Values } from '@shipline/tooling/cli';
import { ensureCloud } from '@shipline/tooling/deploy/local';
import { consoleProgress } from '@shipline/tooling/progress';
import { withShortWaits } from '@shipline/tooling/short-waits';
import { stopOfTheRoad } from '../../src/laptop/interruption.js';
import { aloneOnTheRoad } from '../../src/laptop/road-lock.js';
import { travel, verdictText } from '../../src/laptop/travel.js';

/** Takes a commit along the whole road on this machine. */
export async function run(words: readonly string[], { yes }: Values): Promise<number> {
  const [revision = 'HEAD', ...more] = words;
  if (more.length > 0) throw new UserError('`pnpm run pipeline run` takes one commit at a time.');
  const { note } = consoleProgress();
  return aloneOnTheRoad(async () => {
    const cloud = cloudPlace();
    await ensureCloud(cloud, consoleProgress());
    const stopped = stopOfTheRoad();
    const options = { yes: yes === true, say: note, stopped };
    const record = await withShortWaits(cloud.port, () => travel(revision, options));
    console.log(`\n${verdictText(record)}`);
    if (record.verdict.kind === 'released') return 0;
    return stopped.aborted ? INTERRUPTED : 1;
  });
}
