import { EnvironmentError, type EnvironmentName } from '@shipline/infra';
import { build } from '@shipline/tooling/deploy/build';
import { synthesize } from '@shipline/tooling/deploy/synth';
import { environmentOf } from '@shipline/tooling/deploy/target';
import { cdkOut, root } from '@shipline/tooling/paths';
import { commitOf, refuseUncommitted } from '../release/commit.js';
import { packageRelease } from '../release/package-release.js';
import { type Gate, GateShut } from './gate.js';

export const releasedEnvironments = ['dev', 'staging', 'prod'] as const satisfies EnvironmentName[];

/** Builds everything once: what is checked, signed and deployed afterwards is this folder. */
export const packageGate: Gate = {
  title: 'Build and package the release',
  performs: ['build-code', 'package-artifacts'],
  deployed: false,
  async run({ releaseFolder, progress }) {
    const environments = releasedEnvironments.map((name) => ({
      environment: suppliedEnvironment(name),
      assembly: cdkOut(name),
    }));
    const commit = await commitOf(root);
    await refuseUncommitted(root);
    await progress.step('Build', build);
    await progress.step(`Synthesize ${releasedEnvironments.join(', ')}`, () =>
      synthesize(releasedEnvironments),
    );
    const manifest = packageRelease({ root, commit, environments }, releaseFolder);
    const bytes = manifest.files.reduce((sum, { size }) => sum + size, 0);
    progress.note(
      `release ${manifest.release} of ${commit.slice(0, 12)}: ${manifest.files.length} files, ${(bytes / 1e6).toFixed(1)} MB`,
    );
  },
};

/** A release is for accounts that exist: templates with made-up ones could be deployed nowhere. */
function suppliedEnvironment(name: EnvironmentName) {
  try {
    return environmentOf(name);
  } catch (cause) {
    if (!(cause instanceof EnvironmentError)) throw cause;
    throw new GateShut(
      `${cause.message} On this machine alone, SHIPLINE_ACCOUNTS=local makes every environment an account of the local cloud.`,
      { cause },
    );
  }
}
