import { once } from 'node:events';
import { UserError } from '../cli.js';
import type { DevTools } from './dev-tools.js';

export interface DevOptions {
  /** Whether saved files are deployed. */
  readonly watch: boolean;
  /** Ctrl-C. */
  readonly stopped: AbortSignal;
}

type Cloud = Awaited<ReturnType<DevTools['startCloud']>>;

/**
 * Runs the shop until it is stopped.
 * @throws {UserError} when the local cloud ends before.
 */
export async function develop(tools: DevTools, { watch, stopped }: DevOptions): Promise<void> {
  const stop = stopped.aborted ? Promise.resolve() : once(stopped, 'abort');
  const cloud = await tools.progress.step('Start the local cloud', tools.startCloud);
  try {
    await Promise.race([bringUp(tools), stop, diedEarly(cloud)]);
    const watcher = watch && !stopped.aborted ? redeployOnSave(tools, stopped) : undefined;
    await Promise.race([stop, diedEarly(cloud)]);
    await watcher?.close();
  } finally {
    await leave(tools, cloud);
  }
}

async function bringUp({ deploy, seed, say }: DevTools): Promise<void> {
  const outputs = await deploy();
  await seed(outputs);
  say(`\nThe shop is open: ${outputs.storefrontUrl}\n`);
}

async function diedEarly({ exited, stateDir }: Cloud): Promise<never> {
  throw new UserError(`The local cloud ended by itself (${await exited}); its log is in ${stateDir}.`);
}

function redeployOnSave({ watch, forget, deploy, seed, progress, say }: DevTools, stopped: AbortSignal) {
  return watch(async (files) => {
    progress.note(`${files.join(', ')} changed`);
    try {
      forget(files);
      const outputs = await deploy();
      if (files.some((file) => file.includes('/seed/'))) await seed(outputs);
      progress.note(`live at ${new Date().toLocaleTimeString()}`);
    } catch (error) {
      // A half-written file is normal while one works: say it and wait for the next save.
      if (!stopped.aborted) say(error instanceof Error ? error.message : String(error));
    }
  });
}

async function leave({ end, stopCloud, say }: DevTools, cloud: Cloud): Promise<void> {
  end();
  if (cloud.alreadyRunning) {
    say('\nThe local cloud was running before and goes on (`pnpm cloud stop` ends it)');
    return;
  }
  say('\nStopping the local cloud');
  await stopCloud(cloud.stateDir);
}
