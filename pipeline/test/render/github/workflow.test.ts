import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { delivery } from '../../../src/delivery.js';
import { protectedEnvironments } from '../../../src/render/github/environments.js';
import { renderGithub } from '../../../src/render/github/workflow.js';
import { renderedFiles } from '../../../src/render/rendered-files.js';

interface Job {
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly permissions: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly steps: readonly {
    readonly uses?: string;
    readonly with?: { readonly 'role-to-assume'?: string; readonly 'role-duration-seconds'?: number };
  }[];
}
const workflows = Object.keys(renderedFiles()).filter((path) => path.startsWith('.github/workflows/'));
const { permissions, jobs } = parse(renderGithub(delivery, 'us-east-1')) as {
  permissions: object;
  jobs: Record<string, Job>;
};

describe('the workflow', () => {
  it.each(workflows)('pins every action by its commit and names the release beside it (%s)', (path) => {
    const text = renderedFiles()[path] ?? '';
    const uses = text.split('\n').filter((line) => line.includes('uses: '));
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('keeps the role of a deployment for as long as prod’s canaries take', () => {
    const asked = Object.values(jobs).flatMap(({ steps }) => steps.flatMap((step) => step.with ?? []));
    const seconds = (role: string) =>
      asked
        .filter((step) => step['role-to-assume']?.endsWith(`-${role}`))
        .map((step) => step['role-duration-seconds']);

    expect(new Set(seconds('deploy'))).toEqual(new Set([7_200]));
    expect(new Set(seconds('test'))).toEqual(new Set([3_600]));
  });

  it('does nothing in a clone whose owner has set nothing up', () => {
    const all = Object.entries(jobs);
    // GitHub skips what needs a skipped job, unless that has a condition of its own.
    const starting = all.filter(([, { needs }]) => needs === undefined);
    expect(starting.map(([id, job]) => [id, job.if])).toEqual([
      ['build-check', "vars.SHIPLINE_TOOLS_ACCOUNT != ''"],
    ]);
    expect(all.filter(([, job]) => job.needs && job.if)).toEqual([]);
  });

  it('has rights for nothing, and its jobs for a token only where they assume a role', () => {
    expect(permissions).toEqual({});
    for (const { permissions, environment, steps } of Object.values(jobs)) {
      const assumes = steps.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
      expect(permissions['id-token'] === 'write').toBe(assumes);
      expect(environment !== undefined).toBe(assumes);
    }
    expect(jobs['build-check']?.permissions).toEqual({ contents: 'read' });
  });

  it('deploys to prod in a protected environment that nothing unapproved runs in', () => {
    const inProd = Object.entries(jobs).filter(([, { environment }]) => environment === 'prod');
    expect(inProd.map(([id]) => id)).toEqual(['prod-deploy']);
    expect(protectedEnvironments(delivery)).toContainEqual({ name: 'prod', branch: 'main', approval: true });
    expect(protectedEnvironments(delivery)).toContainEqual({
      name: 'prod-plan',
      branch: 'main',
      approval: false,
    });
  });
});
