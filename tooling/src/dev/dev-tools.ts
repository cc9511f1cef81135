import { type RunningCloud, startCloud, stopCloud } from '@shipline/local-cloud';
import { deploy } from '../deploy/deploy.js';
import type { Outputs } from '../deploy/outputs.js';
import { seedShop } from '../deploy/seed.js';
import { targetOf } from '../deploy/target.js';
import { consoleProgress, type Progress } from '../progress.js';
import { hurried } from './hurried.js';
import { WarmSynth } from './warm-synth.js';
import { type SourceWatcher, watchSources } from './watch.js';

/** What `pnpm dev` needs of the machine; its tests bring their own. */
export interface DevTools {
  readonly progress: Progress;
  /** Writes a line to the terminal. */
  readonly say: (line: string) => void;
  readonly startCloud: () => Promise<Pick<RunningCloud, 'alreadyRunning' | 'exited' | 'stateDir'>>;
  readonly stopCloud: (stateDir: string) => Promise<unknown>;
  readonly deploy: () => Promise<Outputs>;
  readonly seed: (outputs: Outputs) => Promise<void>;
  readonly watch: (onChange: (files: string[]) => Promise<void>) => SourceWatcher;
  /** Tells that these files are no longer as they were loaded. */
  readonly forget: (files: readonly string[]) => void;
  /** Ends the processes that stay between two deployments. */
  readonly end: () => void;
}

/** The real ones: the local cloud on its own port, and this repository. */
export async function localDevTools(): Promise<DevTools> {
  const progress = consoleProgress();
  const synth = new WarmSynth();
  const target = await targetOf('local', progress.note);
  const { local } = target;
  if (!local) throw new TypeError('pnpm dev runs on the local cloud only');
  return {
    progress,
    say: console.log,
    startCloud: () => startCloud({ ...local, log: progress.note }),
    stopCloud: (stateDir) => stopCloud({ stateDir }),
    deploy: async () => {
      const deployed = await hurried(local.port, () => deploy(target, progress, { synth: synth.synthesize }));
      return deployed.outputs;
    },
    seed: (outputs) => seedShop(outputs, progress),
    watch: watchSources,
    forget: (files) => synth.forget(files),
    end: () => synth.end(),
  };
}
