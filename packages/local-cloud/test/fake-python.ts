import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from '../src/python-discovery.js';

/** A real interpreter of this machine: the fakes hand over to it, so what runs is what would run. */
export const realPython = (() => {
  const { command } = findPython(process.env);
  return spawnSync(command, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).stdout.trim();
})();

/** An executable shell script; returns its path. */
export function executable(folder: string, name: string, script: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

// Counts its runs in $FAKE_PIP_LOG, then does what $FAKE_PIP says; without it, "installs" the file `installed`.
const fakePip = `
import os, sys, time
open(os.environ["FAKE_PIP_LOG"], "a").write(" ".join(sys.argv[1:]) + "\\n")
behaviour = os.environ.get("FAKE_PIP", "")
if behaviour == "hang":
    time.sleep(600)
if behaviour:
    sys.exit(behaviour)
open(os.path.join(sys.prefix, "installed"), "w").close()
`;

export interface FakePython {
  /** Its PATH holds nothing but the fake. */
  readonly env: NodeJS.ProcessEnv;
  /** The arguments of every run of pip. */
  readonly pipRuns: () => string[];
}

/**
 * A `python3.13` whose environments are real (with a real interpreter) but hold the fake pip above: nothing
 * is downloaded.
 * @param behaviour `hang`, or the message with which pip fails.
 */
export function fakePython(folder: string, behaviour?: string): FakePython {
  const pip = join(folder, 'fake-pip.py');
  const log = join(folder, 'pip.log');
  writeFileSync(pip, fakePip);
  const makeVenv = `"${realPython}" -m venv --without-pip "$3" && for site in "$3"/lib/python3*/site-packages; do /bin/cp "${pip}" "$site/pip.py"; done`;
  const script = `if [ "$2" = venv ]; then ${makeVenv}; else exec "${realPython}" "$@"; fi`;
  executable(join(folder, 'bin'), 'python3.13', script);
  return {
    env: { PATH: join(folder, 'bin'), FAKE_PIP_LOG: log, ...(behaviour && { FAKE_PIP: behaviour }) },
    pipRuns: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
  };
}
