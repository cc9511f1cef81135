import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { delivery } from '../../../src/delivery.js';
import { protectedEnvironments } from '../../../src/render/github/environments.js';
import { renderGithubRollBack } from '../../../src/render/github/roll-back.js';
import { renderGithub } from '../../../src/render/github/workflow.js';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly if: string;
  readonly environment: string;
  readonly concurrency: object;
  readonly permissions: object;
  readonly 'timeout-minutes': number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: { readonly workflow_dispatch: { readonly inputs: Record<string, { options?: string[] }> } };
  readonly permissions: object;
  readonly concurrency?: object;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
const workflow = parse(renderGithubRollBack(delivery, 'us-east-1')) as Workflow;
const road = parse(renderGithub(delivery, 'us-east-1')) as Workflow;
const environments = ['dev', 'staging', 'prod'];
const jobOf = (environment: string) => workflow.jobs[`roll-back-${environment}`] as Job;
const credentialsOf = ({ steps }: Job) => steps.find(({ uses }) => uses?.includes('/configure-aws-'))?.with;

describe('the workflow that brings a release back', () => {
  it('is started by a person alone, for an environment of the road', () => {
    expect(Object.keys(workflow.on)).toEqual(['workflow_dispatch']);
    expect(workflow.on.workflow_dispatch.inputs['environment']?.options).toEqual(environments);
    expect(Object.keys(workflow.jobs)).toEqual(environments.map((name) => `roll-back-${name}`));
  });

  it.each(environments)('has in %s what the deployment there has: place, rights, queue', (environment) => {
    const deploy = road.jobs[`${environment}-deploy`] as Job;
    const { permissions, 'timeout-minutes': timeout } = deploy;

    expect(jobOf(environment)).toMatchObject({
      environment: deploy.environment,
      permissions,
      concurrency: { group: `deploy-${environment}` },
      'timeout-minutes': timeout,
    });
    expect(deploy.concurrency).toEqual({ group: `deploy-${environment}` });
    expect(credentialsOf(jobOf(environment))).toEqual(credentialsOf(deploy));
  });

  it('waits in prod for whoever approves a release there', () => {
    const place = protectedEnvironments(delivery).find(({ name }) => name === jobOf('prod').environment);
    expect(place).toMatchObject({ approval: true, branch: 'main' });
  });

  it.each(environments)('runs in %s when that was chosen, on main, in a clone that is set up', (name) => {
    expect(jobOf(name).if).toBe(
      `vars.SHIPLINE_TOOLS_ACCOUNT != '' && github.ref == 'refs/heads/main' && inputs.environment == '${name}'`,
    );
  });

  it('knows the store and the key of releases as the road does', () => {
    expect(workflow.env).toMatchObject(road.env);
    expect(workflow.permissions).toEqual({});
  });

  it.each(environments)('puts nothing that was typed into a command (%s)', (name) => {
    const commands = jobOf(name).steps.flatMap(({ run }) => run ?? []);

    expect(workflow.env['SHIPLINE_ROLL_BACK_TO']).toBe(`\${{ inputs.release }}`);
    expect(commands.at(-1)).toContain(` rollback ${name} --to "$SHIPLINE_ROLL_BACK_TO"`);
    expect(commands.filter((run) => run.includes(`\${{`))).toEqual([]);
  });

  it.each(environments)('looks at the release’s name before it has rights (%s)', (name) => {
    const [first] = jobOf(name).steps;
    expect(first?.run).toContain('"$SHIPLINE_ROLL_BACK_TO" =~');
  });
});
