import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { UserError } from './cli.js';
import { binDirectory, root } from './paths.js';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string | undefined>;
  /** Called for every line of either stream. */
  readonly onLine?: (line: string) => void;
  /** Keeps what it says, as it says it, in this file. */
  readonly log?: string;
  /** Ends it as Ctrl-C would. */
  readonly stopped?: AbortSignal;
}

export interface Finished {
  readonly code: number;
  readonly output: string;
}

/** The environment of this process with the repository's own tools first on PATH. */
export function toolEnvironment(
  extra: Record<string, string | undefined> = {},
): Record<string, string | undefined> {
  // Tools of ours report to nobody.
  return {
    ...process.env,
    DO_NOT_TRACK: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    PATH: [binDirectory, process.env['PATH']].join(delimiter),
    ...extra,
  };
}

/** Runs a program to its end and collects both streams; never throws for its exit code. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? toolEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const interrupt = () => child.kill('SIGINT');
    options.stopped?.addEventListener('abort', interrupt, { once: true });
    if (options.stopped?.aborted) interrupt();
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        chunks.push(text);
        if (options.log) appendFileSync(options.log, text);
        const lines = (rest + text).split(/\r?\n/);
        rest = lines.pop() ?? '';
        for (const line of lines) options.onLine?.(line);
      });
      stream.on('end', () => rest && options.onLine?.(rest));
    }
    child.on('error', reject);
    child.on('close', (code) => {
      options.stopped?.removeEventListener('abort', interrupt);
      resolve({ code: code ?? 1, output: chunks.join('') });
    });
  });
}

/**
 * Runs a program that must succeed.
 * @throws {UserError} with its last lines when it does not.
 */
export async function mustRun(
  what: string,
  program: string,
  args: readonly string[],
  options: RunOptions = {},
) {
  const { code, output } = await run(program, args, options);
  if (code === 0) return output;
  const tail = output.trimEnd().split('\n').slice(-25).join('\n');
  throw new UserError(`${what} failed (exit code ${code}):\n${tail}`);
}

export const tool = (name: string) => join(binDirectory, name);
