import { describe, expect, it } from 'vitest';
import { buildRoleName, runnerRoleName } from '../../src/accounts/names.js';
import { roleArn } from '../../src/accounts/places.js';
import { buildTrust, engineFrom, type TrustedEngine, trustOf } from '../../src/accounts/trust.js';
import { prod, toolsAccount } from './roles.js';
import { assume, assumeWithToken } from './simulation.js';

const { account } = prod;
const deployRole = roleArn(account, 'shipline-prod-deploy');
const trustOfDeploy = (engine: TrustedEngine) =>
  trustOf(engine, { account, toolsAccount, environment: 'prod', role: 'deploy' });
const aud = 'sts.amazonaws.com';

describe('the deploy role of prod, by GitHub', () => {
  const issuer = 'token.actions.githubusercontent.com';
  const take = (sub: string, { claims = {}, engine = {} } = {}) =>
    assumeWithToken(trustOfDeploy({ kind: 'github', repository: 'o/r', ...engine }), deployRole, {
      issuer,
      claims: { sub, aud, ...claims },
    });

  it('takes the environment prod of our repository', async () => {
    expect(await take('repo:o/r:environment:prod')).toBe('Allowed');
  });

  it.each([
    ['a branch', 'repo:o/r:ref:refs/heads/main'],
    ['a feature branch', 'repo:o/r:ref:refs/heads/feature'],
    ['a pull request', 'repo:o/r:pull_request'],
    ['a fork', 'repo:stranger/r:environment:prod'],
    ['a job that nobody has approved', 'repo:o/r:environment:prod-plan'],
    ['another environment', 'repo:o/r:environment:dev'],
    ['a name that begins like ours', 'repo:o/r:environment:prod2'],
    ['a repository that begins like ours', 'repo:o/r2:environment:prod'],
  ])('refuses %s', async (_, sub) => {
    expect(await take(sub)).toBe('ImplicitlyDenied');
  });

  it('refuses a token that is made out to somebody else', async () => {
    expect(await take('repo:o/r:environment:prod', { claims: { aud: 'https://github.com/o' } })).toBe(
      'ImplicitlyDenied',
    );
  });

  it('refuses a new owner of the old name where subjects are immutable', async () => {
    const engine = { ids: { owner: '11', repository: '22' } };
    expect(await take('repo:o@11/r@22:environment:prod', { engine })).toBe('Allowed');
    expect(await take('repo:o@12/r@22:environment:prod', { engine })).toBe('ImplicitlyDenied');
    expect(await take('repo:o/r:environment:prod', { engine })).toBe('ImplicitlyDenied');
  });

  it('refuses the token of another issuer', async () => {
    const trust = trustOfDeploy({ kind: 'github', repository: 'o/r' });
    const claims = { sub: 'repo:o/r:environment:prod', aud };
    expect(await assumeWithToken(trust, deployRole, { issuer: 'gitlab.com', claims })).toBe(
      'ImplicitlyDenied',
    );
  });

  it('would take a branch if its trust had a hole', async () => {
    const trust = trustOfDeploy({ kind: 'github', repository: 'o/r' });
    const Condition = { StringLike: { [`${issuer}:sub`]: 'repo:o/r:*' } };
    const claims = { sub: 'repo:o/r:ref:refs/heads/feature', aud };
    const holed = { ...trust, Statement: trust.Statement.map((statement) => ({ ...statement, Condition })) };
    expect(await assumeWithToken(holed, deployRole, { issuer, claims })).toBe('Allowed');
  });
});

describe('the deploy role of prod, by GitLab', () => {
  const subject = (ref: string, { project = 'g/p', isProtected = 'true', tier = 'production' } = {}) =>
    `project_path:${project}:ref_type:branch:ref:${ref}:environment_protected:${isProtected}:deployment_tier:${tier}`;
  const take = (sub: string) =>
    assumeWithToken(trustOfDeploy({ kind: 'gitlab', project: 'g/p' }), deployRole, {
      issuer: 'gitlab.com',
      claims: { sub, aud },
    });

  it('takes the protected production of main', async () => {
    expect(await take(subject('main'))).toBe('Allowed');
  });

  it.each([
    ['a branch', subject('feature')],
    ['a fork', subject('main', { project: 'stranger/p' })],
    ['an environment that nobody protects', subject('main', { isProtected: 'false' })],
    ['the job that plans', subject('main', { tier: 'testing' })],
    ['the build', subject('main', { tier: 'other' })],
  ])('refuses %s', async (_, sub) => {
    expect(await take(sub)).toBe('ImplicitlyDenied');
  });
});

describe('the deploy role of prod, by CodePipeline', () => {
  const take = (principal: string) => assume(trustOfDeploy({ kind: 'codepipeline' }), deployRole, principal);

  it('takes the runner of prod’s deployments', async () => {
    expect(await take(roleArn(toolsAccount, runnerRoleName('prod', 'deploy')))).toBe('Allowed');
  });

  it.each([
    ['the build', roleArn(toolsAccount, buildRoleName)],
    ['who plans for prod', roleArn(toolsAccount, runnerRoleName('prod', 'plan'))],
    ['who deploys to staging', roleArn(toolsAccount, runnerRoleName('staging', 'deploy'))],
    ['an administrator of the tools account', roleArn(toolsAccount, 'Admin')],
    ['the same name in another account', roleArn('100000000002', runnerRoleName('prod', 'deploy'))],
  ])('refuses %s', async (_, principal) => {
    expect(await take(principal)).toBe('ImplicitlyDenied');
  });
});

describe('the role of the build', () => {
  it('is taken by CodeBuild of its own account, or by the engine’s tools environment', () => {
    expect(buildTrust({ kind: 'codepipeline' }, toolsAccount).Statement).toEqual([
      expect.objectContaining({
        Principal: { Service: 'codebuild.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': toolsAccount } },
      }),
    ]);
    expect(JSON.stringify(buildTrust({ kind: 'github', repository: 'o/r' }, toolsAccount))).toContain(
      'repo:o/r:environment:tools"',
    );
  });
});

describe('the engine', () => {
  it.each([
    [undefined, { kind: 'codepipeline' }],
    ['github:o/r', { kind: 'github', repository: 'o/r' }],
    ['gitlab:g/sub/p', { kind: 'gitlab', project: 'g/sub/p' }],
  ])('is read from %j', (SHIPLINE_ENGINE, engine) => {
    expect(engineFrom({ SHIPLINE_ENGINE })).toEqual(engine);
  });

  it.each(['github', 'github:o', 'github:o/*', 'svn:a/b', 'gitlab:p'])('is not %j', (SHIPLINE_ENGINE) => {
    expect(() => engineFrom({ SHIPLINE_ENGINE })).toThrow('Set SHIPLINE_ENGINE to codepipeline');
  });

  it('has numbers for immutable subjects, or says so', () => {
    const github = { SHIPLINE_ENGINE: 'github:o/r' };
    expect(engineFrom({ ...github, SHIPLINE_GITHUB_IDS: '1/2' })).toMatchObject({
      ids: { owner: '1', repository: '2' },
    });
    expect(() => engineFrom({ ...github, SHIPLINE_GITHUB_IDS: 'o/r' })).toThrow('SHIPLINE_GITHUB_IDS');
  });
});
