import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands, type Invocation, parseInvocation } from '../src/cli-arguments.js';
import { runCommand } from '../src/cli-commands.js';
import { packageDirectory } from '../src/paths.js';
import { cloudSetup, fakeRuntime } from './fake-cloud.js';
import { runScript } from './scripts.js';
import { temporaryFolder } from './temporary.js';

/** Runs commands in this process, on the fake extension. */
async function setup() {
  const { port, stateDir } = await cloudSetup();
  const cloud = async (...args: string[]) => {
    const printed: string[] = [];
    const run = parseInvocation([...args, '--state-dir', stateDir]) as Extract<Invocation, { kind: 'run' }>;
    const print = (line: string) => printed.push(line);
    await runCommand(run, { print, log: print, runtime: fakeRuntime });
    return printed.join('\n');
  };
  return { port, stateDir, cloud };
}

test('starts, shows, resets and stops the cloud', async () => {
  const { cloud, port } = await setup();

  const started = await cloud('start', '--port', String(port));
  expect(started).toMatch(
    new RegExp(`^The local cloud runs at http://127\\.0\\.0\\.1:${port} \\(process \\d+\\)\\.$`),
  );
  expect(await cloud('start', '--port', String(port))).toContain('is already running');

  const status = await cloud('status');
  for (const part of [
    `http://127.0.0.1:${port}`,
    'MiniStack 1.5.33',
    '1 processes',
    'front doors none',
    'MiB',
  ]) {
    expect(status).toContain(part);
  }
  expect(JSON.parse(await cloud('status', '--json'))).toMatchObject({ state: 'running', port });
  expect(await cloud('reset')).toBe('The running local cloud is empty again.');
  expect(await cloud('stop')).toBe('The local cloud is stopped; its state is saved.');
  expect(await cloud('stop')).toBe('The local cloud was not running.');
  expect(await cloud('status')).toMatch(/^The local cloud is stopped/);
});

test('refuses a port that contradicts the running cloud', async () => {
  const { cloud, port } = await setup();
  await cloud('start', '--port', String(port));

  await expect(cloud('stop', '--port', '4999')).rejects.toThrowError(/runs on port \d+, not 4999/);
});

test.each(commands)('explains `%s --help`', (command) => {
  expect(parseInvocation([command, '--help'])).toMatchObject({
    kind: 'help',
    text: expect.stringMatching(new RegExp(`^pnpm cloud ${command}[^]+--port[^]+--state-dir[^]+--help`)),
  });
});

test.each([
  [[], 'Name a command (start, stop, status, reset): see `pnpm cloud --help`.'],
  [['explode'], 'There is no command `explode`: see `pnpm cloud --help`.'],
  [['start', 'now'], '`now` is one word too many: see `pnpm cloud start --help`.'],
  [['start', '--fast'], "Unknown option '--fast': see `pnpm cloud --help`."],
  [['start', '--port', '65534'], '--port must be a port from 1 to 65533, not `65534`.'],
  [['start', '--port', '4566x'], '--port must be a port from 1 to 65533, not `4566x`.'],
  [['stop', '--json'], '--json belongs to `pnpm cloud status`.'],
])('answers %j with one sentence', (args, sentence) => {
  expect(() => parseInvocation(args)).toThrowError(
    expect.objectContaining({ name: 'UsageError', message: sentence }),
  );
});

test('ends with 0 for help, 2 for an unknown command and 1 for a failure, without a stack', async () => {
  const stateDir = temporaryFolder();
  const env = { ...process.env, PYTHON: '/nowhere/python', SHIPLINE_CLOUD_PORT: 'abc' };
  const [help, unknown, failure] = [['--help'], ['explode'], ['start', '--state-dir', stateDir]].map((args) =>
    runScript('src/cli.ts', args, env),
  );

  expect([await help?.ended, await unknown?.ended, await failure?.ended]).toEqual([0, 2, 1]);
  expect(help?.output()).toMatch(/^pnpm cloud <command>/);
  expect(unknown?.output()).toBe('There is no command `explode`: see `pnpm cloud --help`.\n');
  expect(failure?.output()).toBe('SHIPLINE_CLOUD_PORT must be a port from 1 to 65533, not `abc`.\n');
});

test('pins the MiniStack of which the requirements speak', () => {
  const [wanted, locked] = ['requirements.in', 'requirements.lock'].map(
    (file) => /^ministack==[\d.]+/m.exec(readFileSync(join(packageDirectory, file), 'utf8'))?.[0],
  );
  expect(locked).toBe(wanted);
});
