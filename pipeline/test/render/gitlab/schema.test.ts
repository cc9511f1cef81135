import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { run, tool } from '@shipline/tooling/process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { delivery } from '../../../src/delivery.js';
import { roadJobs } from '../../../src/render/road-job.js';

const rendered = readFileSync(join(root, '.gitlab-ci.yml'), 'utf8');
const program = createRequire(import.meta.url).resolve('gitlab-ci-local');
let folder: string;

/** gitlab-ci-local carries GitLab's published schema of this file, and asks a repository what has changed. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shipline-gitlab-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'first');
  git('remote', 'add', 'origin', folder);
  git('fetch', '-q', 'origin');
  git('remote', 'set-head', 'origin', 'main');
});
afterEach(() => rmSync(folder, { recursive: true }));

const list = (text: string, ...options: string[]) => {
  writeFileSync(join(folder, '.gitlab-ci.yml'), text);
  return run(tool('node'), [program, '--list-json', ...options], { cwd: folder });
};

/** What runs in a pipeline that was started like that, and when. */
async function jobsOf(variables: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const given = Object.entries(variables).flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
  const { output } = await list(rendered, ...given);
  // Beside notes about what it checked.
  const [json = ''] = /^\[\n.*^\]$/ms.exec(output) ?? [];
  const jobs = JSON.parse(json) as Listed[];
  return Object.fromEntries(jobs.flatMap(({ name, when }) => (when === 'never' ? [] : [[name, when]])));
}
interface Listed {
  readonly name: string;
  readonly when: string;
}

describe("GitLab's schema", () => {
  it('admits the pipeline, and its jobs are found in their stages', async () => {
    const { code, output } = await list(rendered);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toContain('json schema validated');
    expect(output).toContain('"prod-deploy"');
  });

  it.each([
    [
      'an unknown keyword',
      'resource_group:',
      'resource_groups:',
      "'resource_groups' property is not expected",
    ],
    ['a value of another type', 'interruptible: false', 'interruptible: [1]', 'interruptible'],
    ['a job that nobody has', 'job: build-check', 'job: build-nothing', 'build-nothing'],
  ])('refuses %s', async (_, from, to, finding) => {
    const { code, output } = await list(rendered.replace(from, to));
    expect(code).toBe(1);
    expect(output).toContain(finding);
  });
});

describe('the rules of the jobs', () => {
  const road = roadJobs(delivery).map(({ id }) => id);

  it('give the road to a push, also when somebody has left the words of a rollback in the settings', async () => {
    const jobs = await jobsOf({ CI_PIPELINE_SOURCE: 'push', SHIPLINE_ROLL_BACK: 'prod' });
    expect(Object.keys(jobs)).toEqual(road);
  });

  it.each([
    ['web', 'dev', { 'roll-back-dev': 'on_success' }],
    ['api', 'staging', { 'roll-back-staging': 'on_success' }],
    ['web', 'prod', { 'roll-back-prod': 'manual' }],
    ['schedule', 'prod', {}],
    ['web', 'tools', {}],
  ])('give a pipeline started by %s for %s the one job that goes back', async (source, environment, jobs) => {
    expect(await jobsOf({ CI_PIPELINE_SOURCE: source, SHIPLINE_ROLL_BACK: environment })).toEqual(jobs);
  });
});
