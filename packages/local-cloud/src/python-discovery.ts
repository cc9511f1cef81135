import { spawnSync } from 'node:child_process';
import { LocalCloudError } from './errors.js';

/** An interpreter that can make virtual environments. */
export interface Python {
  /** As it was found: a name on PATH or the path in `PYTHON`. */
  readonly command: string;
  /** `3.12.4` */
  readonly version: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Finding = { readonly command: string; readonly version: string; readonly canMakeVenv: boolean };

const oldestVersion = [3, 10] as const;
const candidates = ['python3.13', 'python3.12', 'python3.11', 'python3.10', 'python3', 'python'];
const wayOut = 'Install Python 3.10 or newer, or name one in the environment variable PYTHON.';

// Runs on every Python, 2.7 included. Debian ships `venv` without `ensurepip` until python3-venv is there.
const probe = `
import sys
try:
    import ensurepip, venv
    usable = 1
except Exception:
    usable = 0
sys.stdout.write("%d.%d.%d %d" % (tuple(sys.version_info[:3]) + (usable,)))
`;

/** Variables that make a Python load another one's modules, or pip install beside the environment. */
const misleading = [
  'PYTHONHOME',
  'PYTHONPATH',
  'PIP_TARGET',
  'PIP_PREFIX',
  'PIP_ROOT',
  'PIP_DRY_RUN',
  'PIP_PYTHON',
];

/** The caller's environment (pip's own settings and proxies included), fit for an interpreter and its pip. */
export function pythonEnvironment(env: Environment): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !misleading.includes(name));
  return {
    ...Object.fromEntries(kept),
    PIP_USER: '0',
    PIP_NO_INPUT: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PYTHONUTF8: '1',
  };
}

/** Undefined when there is no such command, or when it is an empty shim that runs nothing. */
function examine(command: string, env: Environment): Finding | undefined {
  const run = spawnSync(command, ['-c', probe], {
    env: pythonEnvironment(env),
    encoding: 'utf8',
    timeout: 20_000,
  });
  const answer = /^(\d+\.\d+\.\d+) ([01])$/.exec(run.stdout ?? '');
  if (run.status !== 0 || answer?.[1] === undefined) return undefined;
  return { command, version: answer[1], canMakeVenv: answer[2] === '1' };
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === oldestVersion[0] ? minor >= oldestVersion[1] : major > oldestVersion[0];
}

function refuse(findings: readonly Finding[]): LocalCloudError {
  const withoutVenv = findings.find(({ version }) => isNewEnough(version));
  if (withoutVenv !== undefined) {
    const { command, version } = withoutVenv;
    const debianPackage = `python${version.split('.').slice(0, 2).join('.')}-venv`;
    return new LocalCloudError(
      'PYTHON_WITHOUT_VENV',
      `\`${command}\` is Python ${version} without the modules venv and ensurepip: install them (on Debian and Ubuntu: \`sudo apt install ${debianPackage}\`), or name another Python in the environment variable PYTHON.`,
    );
  }
  const tooOld = findings[0];
  if (tooOld !== undefined) {
    const { command, version } = tooOld;
    return new LocalCloudError(
      'PYTHON_TOO_OLD',
      `\`${command}\` is Python ${version}, which is too old. ${wayOut}`,
    );
  }
  return new LocalCloudError('PYTHON_MISSING', `No Python was found. ${wayOut}`);
}

/**
 * The first usable Python: `PYTHON` alone if it is set, else the newest known one on PATH.
 * @throws {LocalCloudError} `PYTHON_MISSING`, `PYTHON_TOO_OLD`, `PYTHON_WITHOUT_VENV` or
 * `PYTHON_OVERRIDE_UNUSABLE`.
 */
export function findPython(env: Environment): Python {
  const override = env['PYTHON'];
  const findings: Finding[] = [];
  for (const command of override ? [override] : candidates) {
    const finding = examine(command, env);
    if (finding === undefined) continue;
    if (isNewEnough(finding.version) && finding.canMakeVenv) return finding;
    findings.push(finding);
  }
  if (override && findings.length === 0) {
    throw new LocalCloudError(
      'PYTHON_OVERRIDE_UNUSABLE',
      `The environment variable PYTHON names \`${override}\`, which is no Python that runs: correct it or unset it.`,
    );
  }
  throw refuse(findings);
}
