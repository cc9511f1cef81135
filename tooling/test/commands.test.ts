import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './planted-tree.js';

const commands = join(root, 'tooling/commands');

/** Runs a command without credentials, a local cloud or a network to ask for them. */
function run(command: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/tsx'),
    [join(commands, `${command}.ts`), ...args],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: '/nonexistent',
        AWS_EC2_METADATA_DISABLED: 'true',
        SHIPLINE_CLOUD_PORT: '1',
        ...env,
      },
    },
  );
  return { status, output: stdout + stderr };
}

describe('a command', () => {
  it.each(readdirSync(commands).filter((file) => file !== 'sam.ts'))('%s helps', (file) => {
    const name = file.replace('.ts', '');
    const { status, output } = run(name, [...(name === 'deploy' ? ['local'] : []), '--help']);

    expect(status).toBe(0);
    expect(output).toMatch(/^pnpm [a-z:]+: .+\n\nUsage: pnpm /);
  });

  it('refuses an option that it does not know, and says where to look', () => {
    expect(run('seed', ['--nope'])).toMatchObject({
      status: 2,
      output: expect.stringContaining('pnpm seed --help'),
    });
  });

  it('refuses a word that belongs to no option: `pnpm seed dev` is not `pnpm seed --env dev`', () => {
    const { status, output } = run('seed', ['dev']);

    expect(status).toBe(2);
    expect(output).toContain("'dev'");
    expect(output).not.toContain('    at ');
  });

  it('says in one sentence that there is no Python for the SAM CLI', () => {
    const { status, output } = run('sam', ['--version'], { PYTHON: '/nonexistent/python' });

    expect(status).toBe(1);
    expect(output.trim()).toMatch(/^.*\/nonexistent\/python.*\.$/);
  });

  it.each([
    [
      'outputs',
      ['--env', 'nowhere'],
      'There is no environment `nowhere`: choose one of local, dev, staging, prod.',
    ],
    ['outputs', [], 'The local cloud does not run on port 1'],
    ['trace', [], 'Name one order'],
    ['trace', ['ord_1'], '`ord_1` is no order id'],
    ['trace', ['ord_01JZ8QK3T5V7X9BCDEFGHJKMNP', '--hours', '0'], 'takes a number above 0'],
    ['console', ['--port', 'any'], '`--port` takes a number'],
    ['console', [], 'The local cloud does not run on port 1'],
    ['test', ['--only', 'nonsense'], 'There is no check `nonsense`'],
    ['storefront', [], 'Say `pnpm storefront releases` or `pnpm storefront rollback`'],
    ['storefront', ['rollback', '3'], 'Say `pnpm storefront releases` or `pnpm storefront rollback`'],
    ['storefront', ['rollback', '--to', 'b3a4'], '`--to` takes the number of a release'],
    ['bench', ['--rounds', 'many'], '--rounds must be a whole number'],
  ])('%s %j says what is wrong in one sentence', (command, args, sentence) => {
    const { status, output } = run(command, args);

    expect(status).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toContain('    at ');
  });
});

describe('a deployment without credentials', () => {
  it.each([
    ['dev', { CI: 'true' }],
    ['staging', {}],
  ])('to %s with %j fails and names the way out', (environment, env) => {
    const { status, output } = run('deploy', [environment], env);

    expect(status).toBe(1);
    expect(output).toContain(`There are no AWS credentials for environment \`${environment}\``);
    expect(output).toContain('pnpm deploy:local');
  });
});

describe('a deployment to prod', () => {
  it.each([
    [{}],
    [{ SHIPLINE_ACCOUNTS: 'local' }],
    [{ AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', SHIPLINE_PROD_ACCOUNT: '100000000004' }],
  ] as Record<string, string>[][])(
    'with %j is refused before anything begins: its code is signed on the road',
    (env) => {
      const { status, output } = run('deploy', ['prod'], env);

      expect(status).toBe(1);
      expect(output).toMatch(/^\nEnvironment `prod` runs signed code only.*\n$/);
      for (const way of ['`pnpm run pipeline run`', 'docs/delivery.md', '`pnpm gate …`'])
        expect(output).toContain(way);
    },
  );
});
