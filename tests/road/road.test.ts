import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adoptLocalAws } from '@shipline/local-cloud';
import { delivery } from '@shipline/pipeline/delivery';
import { RunRecord } from '@shipline/tooling/delivery/run-record';
import { environmentOf } from '@shipline/tooling/deploy/target';
import { type RunOptions, run } from '@shipline/tooling/process';
import { freeBasePort } from '@shipline/tooling/test-cloud';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CopiedRepository, copyRepository } from '../support/copied-repository.js';
import { artifactsOf, filesMade, holders, secretsOfAccount } from './made-by-a-run.js';

/** Accounts of the local cloud and their doors. */
const portsOfAccounts = 9;
/** In the environment of whoever runs the gates, as on a machine that people work on. */
const planted = {
  AWS_SECRET_ACCESS_KEY: `planted-aws-${randomUUID()}`,
  AWS_SESSION_TOKEN: `planted-session-${randomUUID()}`,
  GITHUB_TOKEN: `planted-github-${randomUUID()}`,
  STRIPE_API_KEY: `planted-stripe-${randomUUID()}`,
};
const pipeline = 'pipeline/commands/pipeline.ts';

describe('the road to prod, on this machine', () => {
  let clone: CopiedRepository;
  /** What the run to prod said. */
  let said = '';

  beforeAll(async () => {
    clone = await copyRepository();
    clone.env['SHIPLINE_CLOUD_PORT'] = String(await freeBasePort(portsOfAccounts));
    Object.assign(clone.env, planted);
    // What the registry knows today is no fact about this commit.
    clone.env['SHIPLINE_AUDIT'] = 'not-done';
  });

  afterAll(async () => {
    await command('packages/local-cloud/src/cli.ts', ['stop']);
    clone.remove();
  });

  it('takes a commit through every gate to prod', async () => {
    const { code, output } = await command(pipeline, ['run', '--yes']);

    said = output;
    expect(output).toMatch(/\(release \w{12}\) is live in prod after [\d.]+ min/);
    expect(code).toBe(0);
    const { gates, passed } = lastRun();
    expect(passed).toEqual(delivery.stages.map(({ name }) => name));
    expect(gates.map(({ gate }) => gate)).toEqual(
      delivery.stages.flatMap(({ jobs }) => jobs.flatMap((job) => job.gates)),
    );
    expect(gates.every(({ opened }) => opened)).toBe(true);
  });

  it('leaves no secret in anything that it says, makes or keeps', async () => {
    const found = filesMade(join(clone.folder, '.shipline'));
    const secrets: string[] = Object.values(planted);
    process.env['SHIPLINE_ACCOUNTS'] = 'local';
    for (const name of ['dev', 'staging', 'prod'] as const) {
      const environment = environmentOf(name);
      adoptLocalAws({ port: Number(clone.env['SHIPLINE_CLOUD_PORT']), account: environment.account });
      for (const [place, bytes] of await artifactsOf(environment)) found.set(place, bytes);
      // This run has made and used them; what prod pays with is put there by hand.
      const own = await secretsOfAccount();
      if (name !== 'prod') expect(own, name).toHaveLength(2);
      secrets.push(...own);
    }
    found.set('what the run said', Buffer.from(said));

    for (const place of [
      /^pipeline\/release\/manifest\.json$/,
      /^pipeline\/release\/sbom\.cdx\.json$/,
      /^pipeline\/release\/provenance\.json$/,
      /^pipeline\/release\/site\/index\.html$/,
      /^pipeline\/release\/assets\/.*\.zip!index\.mjs$/,
      /^pipeline\/reports\/approval\/plan\.md$/,
      /^pipeline\/reports\/prod\/deploy\.log$/,
      /^packaged\/./,
      /^releases\/.*\/manifest\.json$/,
      /^s3:\/\/.*!index\.mjs$/,
    ])
      expect(
        [...found.keys()].some((name) => place.test(name)),
        String(place),
      ).toBe(true);
    const withOne = new Map(found).set('planted', Buffer.from(`key=${secrets.at(-1)}&`));
    expect(holders(withOne, secrets)).toEqual(['planted']);
  });

  it('stops a bad release where it shows, and brings back what was live there', async () => {
    const good = lastRun().release;
    const stop = new AbortController();
    const watching = command(pipeline, ['watch', '--yes'], {
      stopped: stop.signal,
      onLine(line) {
        if (line.startsWith('Waiting for pushes')) void pushBadCatalog(clone);
        if (/ was stopped in | is live in /.test(line)) verdict(line);
      },
    });
    let verdict: (line: string) => void = () => {};
    const line = await new Promise<string>((resolve) => {
      verdict = resolve;
      void watching.then(({ output }) => resolve(output));
    });
    stop.abort();
    const { output } = await watching;

    expect(line).toMatch(/ was stopped in dev after [\d.]+ min: ✗ deploy: /);
    expect(output).toContain(`dev runs release ${good} again`);
    const { verdict: remembered, passed } = lastRun();
    expect(remembered).toMatchObject({ kind: 'stopped', stage: 'dev' });
    expect(passed).toEqual(['build']);
  });

  /** What pnpm's script of that name runs: pnpm itself would keep Ctrl-C to itself. */
  const command = (
    file: string,
    args: readonly string[],
    options: Pick<RunOptions, 'onLine' | 'stopped'> = {},
  ) =>
    run(join(clone.folder, 'node_modules/.bin/tsx'), [file, ...args], {
      cwd: clone.folder,
      env: clone.env,
      ...options,
    });

  function lastRun(): RunRecord {
    const folder = join(clone.folder, '.shipline/pipeline/runs');
    const file = readdirSync(folder).sort().at(-1) ?? '';
    return RunRecord.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  }
});

/** Commits and pushes a catalog that reads a table which is not there: no test before a deployment sees that. */
async function pushBadCatalog({ folder, env }: CopiedRepository): Promise<void> {
  const file = join(folder, 'services/catalog/src/functions/api.ts');
  const source = readFileSync(file, 'utf8');
  const bad = source.replace('config().TABLE_NAME', 'config().TABLE_NAME.toUpperCase()');
  if (bad === source) throw new Error(`${file} is not what this test changes.`);
  writeFileSync(file, bad);
  const git = (...args: string[]) => run('git', args, { cwd: folder, env });
  const author = ['-c', 'user.name=Reader', '-c', 'user.email=reader@shipline.example'];
  await git(
    ...author,
    '-c',
    'commit.gpgsign=false',
    'commit',
    '--all',
    '--quiet',
    '--message',
    'Lose the table',
  );
  await git('push', '--quiet', 'local', 'HEAD:main');
}
