import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workDirectory } from '@shipline/tooling/paths';
import type { Progress } from '@shipline/tooling/progress';
import { type GateContext, GateShut } from '../gates/gate.js';
import type { GateName } from '../gates/gate-names.js';
import { readManifest } from '../release/manifest.js';
import type { ReleaseStore } from './release-store.js';

/**
 * What an older release must pass to come back. `contracts` asks whether it can still read what is live: the release after
 * it was let in only because it can, the one after that had no reason to care.
 */
export const rollbackGates = [
  'verify-release',
  'contracts',
  'plan',
  'deploy',
  'smoke-tests',
] as const satisfies readonly GateName[];

export interface Rollback {
  readonly environment: NonNullable<GateContext['environment']>;
  readonly release: string;
  readonly store: ReleaseStore;
  readonly gateRun: (name: GateName, context: GateContext) => Promise<boolean>;
  readonly progress: Progress;
  /** Leaves `contracts` out: somebody knows that what cannot be read is not there, or would rather lose it. */
  readonly despiteContracts?: boolean;
  /** Each rollback makes a folder of its own in it. */
  readonly workFolder?: string;
}

/** @returns whether the environment runs the older release now. What the gates reported stays where it does not. */
export async function rollBack({
  environment,
  release,
  store,
  gateRun,
  progress,
  despiteContracts = false,
  workFolder = join(workDirectory, 'rollback'),
}: Rollback): Promise<boolean> {
  mkdirSync(workFolder, { recursive: true });
  // Two environments may go back at the same time.
  const folder = mkdtempSync(join(workFolder, `${environment}-`));
  const releaseFolder = join(folder, release);
  try {
    await progress.step(`Fetch release ${release}`, () => store.fetch(release, releaseFolder));
    const manifest = readManifest(releaseFolder);
    if (manifest.release !== release)
      throw new GateShut(
        `The store gave release ${manifest.release} for ${release}: somebody has changed it.`,
      );
    // The release's own commit is the one that is meant, not what is checked out here.
    process.env['SHIPLINE_COMMIT'] = manifest.commit;
    const reports = join(folder, 'reports');
    const context = { environment, releaseFolder, reports, goesBack: true, progress };
    for (const name of rollbackGates)
      if (!(despiteContracts && name === 'contracts') && !(await gateRun(name, context))) return false;
    rmSync(folder, { recursive: true });
    return true;
  } finally {
    rmSync(releaseFolder, { recursive: true, force: true });
  }
}
