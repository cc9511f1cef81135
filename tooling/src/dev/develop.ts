import { type RunningCloud, startCloud, stopCloud } from '@shipline/local-cloud';
import { UserError } from '../cli.js';
import { deploy } from '../deploy/deploy.js';
import { seedShop } from '../deploy/seed.js';
import { type Target, targetOf } from '../deploy/target.js';
import { consoleProgress, type Progress } from '../progress.js';
import { WarmSynth } from './warm-synth.js';
import { watchSources } from './watch.js';

/** Runs the shop until Ctrl-C. @returns the exit code. */
export async function develop({ watch }: { watch: boolean }): Promise<number> {
  const progress = consoleProgress();
  const stopped = interruption();
  const synth = new WarmSynth();
  const target = await targetOf('local', progress.note);
  const cloud = await progress.step('Start the local cloud', () => start(target, progress));
  try {
    await Promise.race([bringUp(target, progress, synth), stopped, diedEarly(cloud)]);
    const watching = watch && !stopped.happened ? redeployUntil(stopped, target, progress, synth) : stopped;
    await Promise.race([watching, diedEarly(cloud)]);
    return 0;
  } finally {
    synth.end();
    if (cloud.alreadyRunning) {
      console.log('\nThe local cloud was running before and goes on (`pnpm cloud stop` ends it)');
    } else {
      console.log('\nStopping the local cloud');
      await stopCloud({ stateDir: cloud.stateDir });
    }
  }
}

function start({ local }: Target, { note }: Progress): Promise<RunningCloud> {
  if (!local) throw new TypeError('pnpm dev runs on the local cloud only');
  return startCloud({ ...local, log: note });
}

async function bringUp(target: Target, progress: Progress, synth: WarmSynth): Promise<void> {
  const outputs = await deploy(target, progress, { synth: synth.synthesize });
  await seedShop(outputs, progress);
  console.log(`\nThe shop is open: ${outputs.storefrontUrl}\n`);
}

/** Settles at the first Ctrl-C, or when the terminal goes. */
function interruption(): Promise<void> & { happened: boolean } {
  const promise = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        result.happened = true;
        resolve();
      });
  });
  const result = Object.assign(promise, { happened: false });
  return result;
}

async function diedEarly(cloud: RunningCloud): Promise<never> {
  const ending = await cloud.exited;
  throw new UserError(`The local cloud ended by itself (${ending}); its log is in ${cloud.stateDir}.`);
}

async function redeployUntil(
  stopped: Promise<void> & { happened: boolean },
  target: Target,
  progress: Progress,
  synth: WarmSynth,
): Promise<void> {
  const watcher = watchSources(async (files) => {
    progress.note(`${files.join(', ')} changed`);
    try {
      synth.forget(files);
      const outputs = await deploy(target, progress, { synth: synth.synthesize });
      if (files.some((file) => file.includes('/seed/'))) await seedShop(outputs, progress);
      progress.note(`live at ${new Date().toLocaleTimeString()}`);
    } catch (error) {
      // A half-written file is normal while one works: say it and wait for the next save.
      if (!stopped.happened) console.error(error instanceof Error ? error.message : error);
    }
  });
  await stopped;
  await watcher.close();
}
