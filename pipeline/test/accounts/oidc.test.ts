import { describe, expect, it } from 'vitest';
import { githubSubject, gitlabSubject } from '../../src/accounts/oidc.js';
import type { JobRole } from '../../src/delivery/stage.js';

const environments = ['dev', 'staging', 'prod'] as const;
const roles = ['plan', 'deploy', 'test'] as const satisfies JobRole[];
const everyRole = environments.flatMap((environment) => roles.map((role) => [environment, role] as const));

describe('subjects of GitHub', () => {
  it('name the environment exactly', () => {
    expect(githubSubject({ repository: 'o/r' }, 'prod', 'deploy')).toBe('repo:o/r:environment:prod');
    expect(githubSubject({ repository: 'o/r' }, 'prod', 'plan')).toBe('repo:o/r:environment:prod-plan');
    expect(githubSubject({ repository: 'o/r' }, undefined, 'build')).toBe('repo:o/r:environment:tools');
  });

  it('carry the ids of an immutable subject', () => {
    const repository = { repository: 'o/r', ids: { owner: '11', repository: '22' } };
    expect(githubSubject(repository, 'prod', 'deploy')).toBe('repo:o@11/r@22:environment:prod');
  });

  it('are those of one role each', () => {
    const subjects = everyRole.map((one) => githubSubject({ repository: 'o/r' }, ...one));
    expect(new Set(subjects).size).toBe(everyRole.length);
  });
});

describe('subjects of GitLab', () => {
  it('name the branch, the protection and the tier', () => {
    expect(gitlabSubject('g/p', 'main', 'prod', 'deploy')).toBe(
      'project_path:g/p:ref_type:branch:ref:main:environment_protected:true:deployment_tier:production',
    );
  });

  it('leave the build’s, which signs releases, to it alone', () => {
    const signs = gitlabSubject('g/p', 'main', undefined, 'build');
    expect(signs).toMatch(/:deployment_tier:other$/);
    expect(everyRole.map((one) => gitlabSubject('g/p', 'main', ...one))).not.toContain(signs);
  });

  it("leave each deploy role's to it alone", () => {
    const subjects = everyRole.map((one) => gitlabSubject('g/p', 'main', ...one));
    for (const environment of environments) {
      const own = gitlabSubject('g/p', 'main', environment, 'deploy');
      expect(subjects.filter((subject) => subject === own)).toHaveLength(1);
    }
  });
});
