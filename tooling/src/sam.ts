import { join } from 'node:path';
import { ensureVenv, type Venv } from '@shipline/local-cloud';
import { root } from './paths.js';
import { mustRun, type RunOptions, toolEnvironment } from './process.js';

/** The virtual environment with the SAM CLI and cfn-lint; installed on first use. */
export function samVenv(log: (line: string) => void): Promise<Venv> {
  return ensureVenv({
    name: 'sam',
    title: 'the SAM CLI and cfn-lint',
    requirementsFile: join(root, 'tooling/python/sam.lock'),
    log,
  });
}

/** SAM asks nobody, tells nobody and polls quickly; everything else is samconfig.toml's. */
export const samEnvironment = (extra: Record<string, string | undefined> = {}) =>
  toolEnvironment({ SAM_CLI_TELEMETRY: '0', SAM_CLI_POLL_DELAY: '0.2', ...extra });

/** Runs `sam` from the repository's root. */
export function sam(venv: Venv, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return mustRun(`sam ${args[0]}`, join(venv.bin, 'sam'), args, { env: samEnvironment(), ...options });
}
