import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentProgress } from '@shipline/tooling/progress';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { folderReleases } from '../../src/deploy/folder-releases.js';
import { rollBack } from '../../src/deploy/rollback.js';
import type { GateContext } from '../../src/gates/gate.js';
import type { GateName } from '../../src/gates/gate-names.js';
import { writeManifest } from '../../src/release/manifest.js';
import { commit, folderOf } from '../release/builders.js';

afterEach(() => vi.unstubAllEnvs());

/** A store with one release, and gates of which one may stay shut. */
async function setup(shut?: GateName, during: () => Promise<unknown> = async () => {}) {
  vi.stubEnv('SHIPLINE_COMMIT', undefined);
  const folder = folderOf({ 'site/index.html': 'older' });
  const { release } = writeManifest(folder, { commit, accounts: { dev: '100000000002' } });
  const store = folderReleases(join(folderOf({}), 'releases'));
  await store.keep(release, folder);
  const asked: {
    name: GateName;
    page: string;
    commit: string | undefined;
    environment: string | undefined;
    goesBack: boolean | undefined;
  }[] = [];
  const folders = new Set<string>();
  const gateRun = async (name: GateName, { releaseFolder, environment, goesBack }: GateContext) => {
    folders.add(releaseFolder);
    if (name === 'plan' && environment === 'dev') await during();
    const page = readFileSync(join(releaseFolder, 'site/index.html'), 'utf8');
    asked.push({ name, page, commit: process.env['SHIPLINE_COMMIT'], environment, goesBack });
    return name !== shut;
  };
  const workFolder = join(folderOf({}), 'work');
  // What an earlier rollback has left.
  mkdirSync(join(workFolder, release), { recursive: true });
  const to = (id: string, environment: 'dev' | 'prod' = 'dev', despiteContracts = false) =>
    rollBack({
      environment,
      release: id,
      store,
      gateRun,
      progress: silentProgress,
      workFolder,
      despiteContracts,
    });
  return { release, to, asked, folders, workFolder };
}

describe('a rollback', () => {
  it('takes the older release through the gates of a deployment', async () => {
    const { release, to, asked } = await setup();

    expect(await to(release)).toBe(true);

    expect(asked.map(({ name }) => name)).toEqual([
      'verify-release',
      'contracts',
      'plan',
      'deploy',
      'smoke-tests',
    ]);
    expect(asked[0]).toMatchObject({ name: 'verify-release', page: 'older', commit, environment: 'dev' });
    expect(asked.every(({ goesBack }) => goesBack)).toBe(true);
  });

  it('asks nothing about contracts when somebody says so', async () => {
    const { release, to, asked } = await setup('contracts');

    expect(await to(release)).toBe(false);
    expect(await to(release, 'dev', true)).toBe(true);

    expect(asked.map(({ name }) => name)).toEqual([
      'verify-release',
      'contracts',
      'verify-release',
      'plan',
      'deploy',
      'smoke-tests',
    ]);
  });

  it('ends at the first gate that stays shut', async () => {
    const { release, to, asked } = await setup('plan');

    expect(await to(release)).toBe(false);

    expect(asked.map(({ name }) => name)).toEqual(['verify-release', 'contracts', 'plan']);
  });

  it('has its release to itself while another environment goes back', async () => {
    const { release, to, folders } = await setup(undefined, async () => {
      expect(await to(release, 'prod')).toBe(true);
    });

    expect(await to(release)).toBe(true);

    expect(folders.size).toBe(2);
  });

  it('leaves what the gates reported where it was stopped, and nothing else', async () => {
    const { release, to, workFolder } = await setup('smoke-tests');
    const before = readdirSync(workFolder);

    await to(release);

    const [folder = '', ...more] = readdirSync(workFolder).filter((name) => !before.includes(name));
    expect(more).toEqual([]);
    expect(readdirSync(join(workFolder, folder))).not.toContain(release);
  });

  it('says what is kept when the release is unknown', async () => {
    const { release, to, asked } = await setup();

    await expect(to('0123456789ab')).rejects.toThrow(
      `There is no release 0123456789ab; kept are ${release}.`,
    );
    expect(asked).toEqual([]);
  });
});
