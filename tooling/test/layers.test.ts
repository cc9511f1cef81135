import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plantTree, root } from './planted-tree.js';

const config = join(root, 'tooling/layers.cjs');
const cruiser = join(root, 'node_modules/.bin/depcruise');
const { forbidden } = JSON.parse(
  execFileSync(process.execPath, ['-p', `JSON.stringify(require(${JSON.stringify(config)}))`], {
    encoding: 'utf8',
  }),
) as { forbidden: { name: string }[] };

/** One file per rule that breaks exactly that rule: its path and what it imports. */
const planted: Record<string, [path: string, imports: string]> = {
  'domain-is-pure': ['services/shop/src/domain/order.ts', '../ports/orders.js'],
  'domain-imports-no-library': ['services/shop/src/domain/id.ts', 'node:crypto'],
  'rules-know-no-plumbing': [
    'services/shop/src/domain/logs.ts',
    '../../../../packages/lambda-kit/src/entry.js',
  ],
  'ports-know-the-domain-only': ['services/shop/src/ports/bad.ts', '../adapters/dynamodb.js'],
  'application-knows-domain-and-ports': ['services/shop/src/application/use.ts', '../adapters/dynamodb.js'],
  'application-imports-no-library': ['services/shop/src/application/lib.ts', '@aws-sdk/client-dynamodb'],
  'handlers-do-not-reach-adapters': ['services/shop/src/handlers/api.ts', '../adapters/dynamodb.js'],
  'adapters-implement-ports': ['services/shop/src/adapters/up.ts', '../handlers/routes.js'],
  'nobody-imports-a-function': ['services/shop/src/handlers/fn.ts', '../functions/api.js'],
  'services-meet-in-contracts-only': ['services/shop/src/functions/peek.ts', '../../../other/src/config.js'],
  'packages-know-no-service': ['packages/lambda-kit/src/bad.ts', '../../../services/other/src/config.js'],
  'contracts-stand-alone': ['packages/contracts/src/bad.ts', '../../lambda-kit/src/entry.js'],
  'test-code-stays-in-tests': [
    'services/shop/src/functions/fake.ts',
    '../../../../packages/testing/src/clock.js',
  ],
  'the-browser-gets-contracts-only': [
    'services/storefront/src/bad.ts',
    '../../../packages/lambda-kit/src/entry.js',
  ],
  'no-cycles': ['packages/lambda-kit/src/a.ts', './b.js'],
  'everything-resolves': ['packages/lambda-kit/src/lost.ts', './nowhere.js'],
};

const innocent: Record<string, string> = {
  'services/shop/src/ports/orders.ts': 'export interface Orders { size: number }',
  'services/shop/src/adapters/dynamodb.ts':
    "import type { Orders } from '../ports/orders.js';\nexport const orders: Orders = { size: 1 };",
  'services/shop/src/handlers/routes.ts': 'export const routes = 1;',
  'services/shop/src/functions/api.ts': "import '../handlers/routes.js';\nexport const handler = 1;",
  'services/other/src/config.ts': 'export const config = 1;',
  'packages/lambda-kit/src/entry.ts': 'export const entry = 1;',
  'packages/lambda-kit/src/b.ts': "import type { a } from './a.js';\nexport const b: typeof a = 1;",
  'packages/testing/src/clock.ts': 'export const clock = 1;',
  'packages/contracts/src/index.ts': 'export const contracts = 1;',
  'node_modules/@aws-sdk/client-dynamodb/index.js': 'export {};',
  'node_modules/@aws-sdk/client-dynamodb/package.json':
    '{"name":"@aws-sdk/client-dynamodb","main":"index.js"}',
};

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

function cruise(files: Record<string, string>) {
  const { stdout } = spawnSync(cruiser, ['--config', config, '-T', 'json', 'services', 'packages'], {
    cwd: plantTree(files),
    encoding: 'utf8',
  });
  const { summary } = JSON.parse(stdout) as Cruise;
  return {
    modules: summary.totalCruised,
    rulesBrokenBy: (path: string) =>
      summary.violations.filter(({ from }) => from === path).map(({ rule }) => rule.name),
    rules: summary.violations.map(({ rule }) => rule.name),
  };
}

const importing = (path: string) =>
  `import * as planted from '${path}';\nexport const a = 1;\nexport { planted };`;

describe('the layer rules', () => {
  it('each have a planted violation', () => {
    expect(Object.keys(planted).sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  it('find nothing in a clean tree, and read every file of it', () => {
    const clean = { ...innocent, 'packages/lambda-kit/src/a.ts': 'export const a = 1;' };
    const { rules, modules } = cruise(clean);

    expect(rules).toEqual([]);
    expect(modules).toBe(Object.keys(clean).filter((path) => path.endsWith('.ts')).length);
  });

  describe('in a tree where each is broken by one file', () => {
    const broken = Object.values(planted).map(([path, imports]) => [path, importing(imports)]);
    const { rulesBrokenBy } = cruise({ ...innocent, ...Object.fromEntries(broken) });

    it.each(Object.entries(planted))('%s is seen', (rule, [path]) => {
      expect(rulesBrokenBy(path)).toContain(rule);
    });
  });
});
