import { expect, test } from 'vitest';
import { findPython } from '../src/python-discovery.js';
import { executable, realPython } from './fake-python.js';
import { temporaryFolder } from './temporary.js';

/** A PATH with these executables only. */
function setup(scripts: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, script] of Object.entries(scripts)) executable(folder, name, script);
  return { PATH: folder };
}

const answering = (version: string, canMakeVenv = 1) => `printf '%s' '${version} ${canMakeVenv}'`;
/** A real Python in which `import ensurepip` fails, as on Debian without python3-venv. */
const withoutEnsurepip = `exec "${realPython}" -c "import sys; sys.modules['ensurepip'] = None
$2"`;

test('finds the real interpreter behind any of the usual names', () => {
  const env = setup({ python3: `exec "${realPython}" "$@"` });

  const python = findPython(env);

  expect(python).toMatchObject({ command: 'python3', version: expect.stringMatching(/^3\.\d+\.\d+$/) });
});

test('prefers the newest known version', () => {
  const env = setup({
    python3: answering('3.10.1'),
    'python3.12': answering('3.12.4'),
    'python3.11': answering('3.11.2'),
  });

  expect(findPython(env)).toMatchObject({ command: 'python3.12' });
});

test('passes over shims that run nothing, old versions and ones without venv', () => {
  const env = setup({
    'python3.13': 'echo "pyenv: command not found" >&2; exit 127',
    'python3.12': withoutEnsurepip,
    python3: answering('3.9.2'),
    python: answering('3.14.0'),
  });

  expect(findPython(env)).toMatchObject({ command: 'python', version: '3.14.0' });
});

test('uses the one that PYTHON names, whatever else there is', () => {
  const env = setup({ 'python3.13': answering('3.13.1'), special: answering('3.10.4') });

  expect(findPython({ ...env, PYTHON: `${env.PATH}/special` })).toMatchObject({ version: '3.10.4' });
});

test('says how to go on when there is no Python', () => {
  expect(() => findPython(setup({}))).toThrowError(
    expect.objectContaining({
      code: 'PYTHON_MISSING',
      message:
        'No Python was found. Install Python 3.10 or newer, or name one in the environment variable PYTHON.',
    }),
  );
});

test('names a Python that is too old', () => {
  expect(() => findPython(setup({ python3: answering('3.9.18'), python: answering('2.7.18') }))).toThrowError(
    expect.objectContaining({
      code: 'PYTHON_TOO_OLD',
      message:
        '`python3` is Python 3.9.18, which is too old. Install Python 3.10 or newer, or name one in the environment variable PYTHON.',
    }),
  );
});

test('names the missing package of a Python without venv', () => {
  expect(() => findPython(setup({ python3: withoutEnsurepip }))).toThrowError(
    expect.objectContaining({
      code: 'PYTHON_WITHOUT_VENV',
      message: expect.stringMatching(
        /without the modules venv and ensurepip: install them \(on Debian and Ubuntu: `sudo apt install python3\.\d+-venv`\)/,
      ),
    }),
  );
});

test('refuses a PYTHON that does not run instead of taking another', () => {
  const env = { ...setup({ python3: answering('3.12.0') }), PYTHON: '/nowhere/python' };

  expect(() => findPython(env)).toThrowError(expect.objectContaining({ code: 'PYTHON_OVERRIDE_UNUSABLE' }));
});
