import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from './errors.js';
import { withFileLock } from './file-lock.js';
import { venvsDirectory } from './paths.js';
import { explainPipFailure } from './pip-failure.js';
import { findPython } from './python-discovery.js';
import { endVenvSteps, runVenvStep } from './venv-step.js';

export interface VenvOptions {
  /** Kebab-case; begins the folder's name. */
  readonly name: string;
  /** Fully pinned, with a hash per file. */
  readonly requirementsFile: string;
  /** Gets one progress line at a time. */
  readonly log: (line: string) => void;
  /** How progress lines and failures call the packages; default: `the Python packages of <name>`. */
  readonly title?: string;
  /** Default: `.shipline/venvs` in the repository. */
  readonly directory?: string;
  /** PATH, PYTHON, pip's settings and proxies are read from here; default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface Venv {
  readonly directory: string;
  /** Absolute path of the interpreter. */
  readonly python: string;
  /** Absolute path of the folder with `sam`, `cfn-lint` and the like. */
  readonly bin: string;
}

type Settings = Required<VenvOptions> & { readonly logFile: string };

/** Written last: a folder without it is a torso. Holds what `markerOf` says. */
const marker = '.complete';

const digest = (...parts: string[]) =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);

function settingsOf(options: VenvOptions): Settings {
  const {
    name,
    title = `the Python packages of ${name}`,
    directory = venvsDirectory,
    env = process.env,
  } = options;
  return { ...options, title, directory, env, logFile: join(directory, `${name}.log`) };
}

function venvAt(directory: string): Venv {
  const bin = join(directory, 'bin');
  return { directory, bin, python: join(bin, 'python') };
}

function lockDigest({ requirementsFile }: Settings): string {
  return digest(readFileSync(requirementsFile, 'utf8'));
}

const markerOf = (settings: Settings) => `${lockDigest(settings)} PYTHON=${settings.env['PYTHON'] ?? ''}\n`;

function readMarker(directory: string): string | undefined {
  const path = join(directory, marker);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function venvsOf({ directory, name }: Settings): Venv[] {
  if (!existsSync(directory)) return [];
  const pattern = new RegExp(`^${name}-[0-9a-f]{16}$`);
  const folders = readdirSync(directory).filter((folder) => pattern.test(folder));
  return folders.map((folder) => venvAt(join(directory, folder)));
}

/** A finished environment whose interpreter is still on the machine. No process is started to find it. */
function findReady(settings: Settings): Venv | undefined {
  const wanted = markerOf(settings);
  return venvsOf(settings).find(
    ({ directory, python }) => readMarker(directory) === wanted && existsSync(python),
  );
}

/** Removes what killed runs left, processes included: pip outlives the command that started it. */
function removeTorsos(settings: Settings): void {
  for (const { directory } of venvsOf(settings)) {
    if (readMarker(directory) !== undefined) continue;
    endVenvSteps(directory);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function removeOthers(settings: Settings, kept: Venv): void {
  for (const { directory } of venvsOf(settings)) {
    if (directory !== kept.directory) rmSync(directory, { recursive: true, force: true });
  }
}

async function install(settings: Settings): Promise<Venv> {
  const { directory, name, title, env, logFile, log } = settings;
  const python = findPython(env);
  removeTorsos(settings);
  const venv = venvAt(join(directory, `${name}-${digest(lockDigest(settings), python.version)}`));
  log(`Installing ${title} with Python ${python.version} (only once, takes up to a minute)`);
  const startedAt = performance.now();
  writeFileSync(logFile, '');
  rmSync(venv.directory, { recursive: true, force: true });
  mkdirSync(venv.directory);
  await runVenvStep({ command: python.command, args: ['-m', 'venv', venv.directory], env, title, logFile });
  // The lock is complete, so pip has nothing to resolve: --no-deps.
  const pip = ['-m', 'pip', 'install', '--require-hashes', '--no-deps', '--progress-bar', 'off', '-r'];
  const onLine = (line: string) => {
    if (line.startsWith('Installing collected packages')) log(`Downloaded, unpacking ${title}`);
  };
  await runVenvStep({
    command: venv.python,
    args: [...pip, settings.requirementsFile],
    env,
    title,
    logFile,
    onLine,
  });
  writeFileSync(join(venv.directory, marker), markerOf(settings));
  removeOthers(settings, venv);
  log(`Installed ${title} in ${Math.round((performance.now() - startedAt) / 1000)} s`);
  return venv;
}

/**
 * The virtual environment `.shipline/venvs/<name>-<hash of lock and Python version>`, made if it is not
 * there. A second call takes a millisecond. Runs that come at once wait for the first; a killed run hinders
 * no later one; environments of older locks are removed.
 * @throws {LocalCloudError} one sentence with the way out: no Python, one that is too old or lacks venv, the
 * package index out of reach, a full disk.
 */
export async function ensureVenv(options: VenvOptions): Promise<Venv> {
  const settings = settingsOf(options);
  const ready = findReady(settings);
  if (ready !== undefined) return ready;
  const { directory, name, title, log, logFile } = settings;
  const onWait = (holder: string) => log(`Waiting for ${holder}, which installs ${title}`);
  try {
    return await withFileLock(
      join(directory, `${name}.lock`),
      onWait,
      async () => findReady(settings) ?? (await install(settings)),
    );
  } catch (error) {
    const isDiskFull = ['ENOSPC', 'EDQUOT'].includes(systemErrorCode(error) ?? '');
    throw isDiskFull ? explainPipFailure(title, 'No space left on device', logFile) : error;
  }
}
