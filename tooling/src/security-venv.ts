import { join } from 'node:path';
import { ensureVenv, type Venv } from '@shipline/local-cloud';
import { root } from './paths.js';

/** The virtual environment with checkov and bandit; installed on first use. */
export function securityVenv(log: (line: string) => void): Promise<Venv> {
  return ensureVenv({
    name: 'security',
    title: 'checkov and bandit',
    requirementsFile: join(root, 'tooling/python/security.lock'),
    log,
  });
}
