import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@shipline/tooling/paths';
import { describe, expect, it } from 'vitest';
import { delivery } from '../../src/delivery.js';
import { trackedFiles } from '../../src/render/rendered-files.js';
import { type NeutralRoad, neutralRoad } from './neutral-road.js';
import { synthesizePipeline } from './pipeline-template.js';
import { readCodepipeline, type Template } from './read-codepipeline.js';
import { readGithub } from './read-github.js';
import { readGitlab } from './read-gitlab.js';

const tracked = trackedFiles();
const file = (path: string) => readFileSync(join(root, path), 'utf8');
const { template, accounts } = synthesizePipeline();

/** An engine's files as one text each, and how they are read back. */
const engines: Record<string, { text: string; read: (text: string) => NeutralRoad }> = {
  'GitHub Actions': {
    text: [file('.github/workflows/deliver.yml'), file('.github/environments.json')].join('\0'),
    read(text) {
      const [workflow = '', environments = ''] = text.split('\0');
      return readGithub(workflow, environments, tracked);
    },
  },
  'GitLab CI': { text: file('.gitlab-ci.yml'), read: (text) => readGitlab(text, tracked) },
  'AWS CodePipeline': {
    text: JSON.stringify(template, null, 1),
    read: (text) => readCodepipeline(JSON.parse(text) as Template, accounts, tracked),
  },
};

/** What somebody could change by hand, in the words of each engine; what replaces it, by what is found if need be. */
const plants: readonly [what: string, from: RegExp, to: string | Readonly<Record<string, string>>][] = [
  ['a gate that is left out', / load api-security/, ' api-security'],
  ['gates in another order', /bill-of-materials vulnerabilities/, 'vulnerabilities bill-of-materials'],
  ['a gate of another environment', /--env staging/, '--env dev'],
  ['another role', /role\/shipline-prod-deploy/, 'role/shipline-prod-plan'],
  [
    'a release that is not checked',
    /(?<=needs\.|#\{)build-package|build-package(?=\n\s+artifacts: true)/,
    'build-check',
  ],
  [
    'an approved plan that is not handed on',
    /needs\.approval-plan|(?<=PLAN_DIGEST\S+)#\{approval-plan|approval-plan\n\s+artifacts: true/,
    'nobody',
  ],
  ['files that release nothing', /docs\/|services,/g, 'tests/'],
  ['another branch', /(?<=branches:\n\s+- |BRANCH == "|"Includes": \[\n\s+")main/, 'trunk'],
  ['a window that is not asked for', /pipeline window prod|"DeploymentWindow"/, '"VariableCheck"'],
  [
    'jobs in another order',
    /- (job: )?dev-test\n|"Namespace": "dev-test",\n\s+"RunOrder": 2/,
    { '- dev-test': '- dev-deploy\n', '- job: dev-test': '- job: dev-deploy\n' },
  ],
  [
    'an approval that is not asked for',
    /"approval": true|when: manual\n|"Category": "Approval"/,
    {
      '"approval": true': '"approval": false',
      'when: manual': 'when: on_success\n',
      '"Category": "Approval"': '"Category": "Test"',
    },
  ],
];

describe.each(Object.entries(engines))('the road on %s', (_, { text, read }) => {
  const road = neutralRoad(delivery, tracked);

  it('is the road of the definition: gates, order, rights, approvals, digests, filters', () => {
    expect(read(text)).toEqual(road);
  });

  it.each(plants)('differs by %s', (_what, from, to) => {
    const planted = text.replace(from, (found) =>
      typeof to === 'string' ? to : (to[found.trim()] ?? '"RunOrder": 0'),
    );
    expect(planted).not.toBe(text);
    expect(outcome(() => read(planted))).not.toEqual(road);
  });
});

/** What cannot even be read is no equal either. */
function outcome(read: () => NeutralRoad): unknown {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
}
