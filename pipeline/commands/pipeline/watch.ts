import { cloudPlace } from '@shipline/local-cloud';
import type { Values } from '@shipline/tooling/cli';
import { ensureCloud } from '@shipline/tooling/deploy/local';
import { consoleProgress } from '@shipline/tooling/progress';
import { delivery } from '../../src/delivery.js';
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
export async function watch(_: readonly string[], { yes }: Values): Promise<number> {
  const { branch, ignores } = delivery.source;
  const { note } = consoleProgress();
  await prepareRemote();
  await ensureCloud(cloudPlace(), consoleProgress());
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  console.log(`Waiting for pushes: \`git push ${remoteName} ${branch}\` releases. Ctrl-C ends it.`);
  await releasePushes({
    tip: () => tipOf(branch),
    matters: (from, to) => touches(from, to, ignores),
    release: async (commit) =>
      console.log(verdictText(await travel(commit, { yes: yes === true, say: note }, bareRepository))),
    say: note,
    stopped: stop.signal,
  });
  return 0;
}
