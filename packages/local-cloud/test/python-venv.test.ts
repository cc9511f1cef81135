import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allProcesses } from '../src/process-table.js';
import { ensureVenv } from '../src/python-venv.js';
import { fakePython, realPython } from './fake-python.js';
import { runScript } from './scripts.js';
import { temporaryFolder, until } from './temporary.js';

function setup(behaviour?: string) {
  const folder = temporaryFolder();
  const directory = join(folder, 'venvs');
  const requirementsFile = join(folder, 'requirements.lock');
  writeFileSync(requirementsFile, 'some-package==1.0\n');
  const lines: string[] = [];
  const { env, pipRuns } = fakePython(folder, behaviour);
  const options = {
    name: 'tools',
    directory,
    requirementsFile,
    env,
    log: (line: string) => lines.push(line),
  };
  const folders = () => readdirSync(directory).filter((entry) => /-[0-9a-f]{16}$/.test(entry));
  return { folder, directory, requirementsFile, env, pipRuns, lines, options, folders };
}

test('makes an environment from the hash-locked file and says what takes long', async () => {
  const { options, pipRuns, requirementsFile, lines } = setup();

  const venv = await ensureVenv(options);

  expect(venv.directory).toMatch(/venvs\/tools-[0-9a-f]{16}$/);
  expect(existsSync(join(venv.directory, 'installed'))).toBe(true);
  expect(existsSync(venv.python)).toBe(true);
  expect(pipRuns()).toEqual([`install --require-hashes --no-deps --progress-bar off -r ${requirementsFile}`]);
  expect(lines[0]).toMatch(/^Installing the Python packages of tools with Python 3\.\d+\.\d+ \(only once/);
});

test('reuses a finished environment without starting a process', async () => {
  const { options, pipRuns, lines } = setup();
  const first = await ensureVenv(options);
  lines.length = 0;

  const second = await ensureVenv({ ...options, env: { PATH: '/nowhere' } });

  expect(second).toEqual(first);
  expect(pipRuns()).toHaveLength(1);
  expect(lines).toEqual([]);
});

test('makes a new environment for a changed lock and removes the old one', async () => {
  const { options, requirementsFile, folders } = setup();
  const old = await ensureVenv(options);
  writeFileSync(requirementsFile, 'some-package==2.0\n');

  const current = await ensureVenv(options);

  expect(current.directory).not.toBe(old.directory);
  expect(folders().map((folder) => join(options.directory, folder))).toEqual([current.directory]);
});

test('makes the environment again when its interpreter has left the machine', async () => {
  const { options, pipRuns } = setup();
  const { python } = await ensureVenv(options);
  rmSync(python);

  await ensureVenv(options);

  expect(existsSync(python)).toBe(true);
  expect(pipRuns()).toHaveLength(2);
});

test('installs once for runs that come at the same time', async () => {
  const { options, pipRuns, lines } = setup();

  const venvs = await Promise.all([ensureVenv(options), ensureVenv(options), ensureVenv(options)]);

  expect(new Set(venvs.map(({ directory }) => directory)).size).toBe(1);
  expect(pipRuns()).toHaveLength(1);
  expect(lines).toContain(`Waiting for process ${process.pid}, which installs the Python packages of tools`);
});

test('recovers from a run that was killed half-way, and ends the pip that it left behind', async () => {
  const { options, env, pipRuns, folders, directory, requirementsFile } = setup('hang');
  const killed = runScript('test/ensure-venv-script.ts', [directory, requirementsFile], env);
  const leftPip = () =>
    allProcesses().filter(({ command }) => command.startsWith(directory) && command.includes('-m pip'));
  await until(() => pipRuns().length === 1, 'pip runs');
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(leftPip()).toHaveLength(1);

  const venv = await ensureVenv({ ...options, env: { ...env, FAKE_PIP: '' } });

  expect(leftPip()).toEqual([]);
  expect(existsSync(join(venv.directory, 'installed'))).toBe(true);
  expect(folders()).toHaveLength(1);
});

test('does not count a failed installation as finished', async () => {
  const { options, env } = setup('ERROR: something new');
  const failure = expect.objectContaining({
    code: 'PACKAGES_NOT_INSTALLED',
    message: expect.stringMatching(
      /ERROR: something new; run the command again\. The whole output is in .*tools\.log\.$/,
    ),
  });
  await expect(ensureVenv(options)).rejects.toThrowError(failure);

  const venv = await ensureVenv({ ...options, env: { ...env, FAKE_PIP: '' } });

  expect(existsSync(join(venv.directory, 'installed'))).toBe(true);
});

test('says in one sentence that a real pip cannot reach its index', async () => {
  const { options, requirementsFile } = setup();
  writeFileSync(requirementsFile, `some-package==1.0 --hash=sha256:${'0'.repeat(64)}\n`);
  // Port 9 (discard) is closed everywhere; the machine's own pip settings are shut out.
  const env = {
    PATH: '',
    PYTHON: realPython,
    PIP_CONFIG_FILE: '/dev/null',
    PIP_INDEX_URL: 'http://127.0.0.1:9/',
    PIP_RETRIES: '0',
  };

  await expect(ensureVenv({ ...options, env })).rejects.toThrowError(
    expect.objectContaining({
      code: 'PACKAGES_UNREACHABLE',
      message: expect.stringMatching(
        /^Could not install the Python packages of tools: the Python package index is out of reach; check the network or proxy \(pip takes its own settings from the environment\) and run the command again\. The whole output is in \S+\.$/,
      ),
    }),
  );
});
