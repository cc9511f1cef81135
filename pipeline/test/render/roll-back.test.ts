import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { delivery } from '../../src/delivery.js';
import { rollbackGates } from '../../src/deploy/rollback.js';
import { deployingJobs, releaseNameCheck, rollBackCommand } from '../../src/render/roll-back.js';

const jobs = deployingJobs(delivery);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shipline-roll-back-'));
  const npx = join(folder, 'npx');
  writeFileSync(npx, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/asked"\n`);
  chmodSync(npx, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a job's commands by bash as both engines do, and says what npx was asked, if it was. */
function asked(environment: string, variables: Readonly<Record<string, string>>) {
  const job = jobs.find((one) => one.environment === environment);
  const script = [releaseNameCheck, job ? rollBackCommand(job) : ''].join('\n');
  const { status, stderr } = spawnSync('bash', ['-e', '-c', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: [folder, process.env['PATH']].join(delimiter), ...variables },
  });
  const file = join(folder, 'asked');
  return { status, stderr, npx: existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [] };
}

describe('the job that brings a release back', () => {
  it.each(['dev', 'staging', 'prod'])('asks for the release in %s', (environment) => {
    const { status, npx } = asked(environment, { SHIPLINE_ROLL_BACK_TO: '90d828c76bc6' });

    expect(status).toBe(0);
    expect(npx.slice(2)).toEqual(['rollback', environment, '--to', '90d828c76bc6']);
  });

  it.each([
    ['yes', ['--despite-contracts']],
    ['', []],
    ['no', []],
    ['false', []],
  ])('leaves contracts out when somebody said yes to that (%j)', (answer, more) => {
    const { npx } = asked('prod', {
      SHIPLINE_ROLL_BACK_TO: '90d828c76bc6',
      SHIPLINE_DESPITE_CONTRACTS: answer,
    });

    expect(npx.slice(2)).toEqual(['rollback', 'prod', '--to', '90d828c76bc6', ...more]);
  });

  it.each([
    '',
    '90d828c76bc',
    '90d828c76bc67',
    '90D828C76BC6',
    '../90d828c76b',
    '90d828c76bc6; touch pwned',
    '$(touch pwned)',
    '90d828c76bc6\ntouch pwned',
    '--despite-contracts',
  ])('takes nothing that is no name of a release (%j)', (typed) => {
    const { status, stderr, npx } = asked('prod', { SHIPLINE_ROLL_BACK_TO: typed });

    expect({ status, npx }).toEqual({ status: 1, npx: [] });
    expect(stderr).toContain('12 hex digits');
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });

  it('has the rights of a job whose gates are all that a release which comes back must pass', () => {
    expect(jobs.map(({ environment, aws, job }) => [environment, aws.name, job.role])).toEqual([
      ['dev', 'shipline-dev-deploy', 'deploy'],
      ['staging', 'shipline-staging-deploy', 'deploy'],
      ['prod', 'shipline-prod-deploy', 'deploy'],
    ]);
    for (const { job } of jobs) expect(job.gates).toEqual(expect.arrayContaining([...rollbackGates]));
  });
});
