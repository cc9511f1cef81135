import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { explainPipFailure } from './pip-failure.js';
import { allProcesses } from './process-table.js';
import { pythonEnvironment } from './python-discovery.js';

export interface VenvStep {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is being installed, for the failure's sentence. */
  readonly title: string;
  /** Takes everything that the step prints. */
  readonly logFile: string;
  readonly onLine?: (line: string) => void;
}

/** @throws {LocalCloudError} the one sentence that explains a failed step. */
export async function runVenvStep({ command, args, env, title, logFile, onLine }: VenvStep): Promise<void> {
  const child = spawn(command, args, { env: pythonEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const take = (chunk: Buffer) => {
    output += chunk;
    for (const line of String(chunk).split('\n')) onLine?.(line);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const succeeded = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      output += `\n${error.message}`;
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
  appendFileSync(logFile, output);
  if (!succeeded) throw explainPipFailure(title, output, logFile);
}

/** Ends steps that outlived a killed run: pip, venv and the ensurepip that venv starts. */
export function endVenvSteps(venvDirectory: string): void {
  for (const { pid, command } of allProcesses()) {
    const isStep =
      command.startsWith(`${venvDirectory}/bin/`) || command.endsWith(` -m venv ${venvDirectory}`);
    if (!isStep) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it ended by itself
    }
  }
}
