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
  /** Apart from this terminal, whose Ctrl-C would reach it: `stopped` ends it with all that it has started. */
  readonly apart?: boolean;
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
      detached: options.apart ?? false,
    });
    const interrupt = () => (options.apart ? signalGroup(child.pid, 'SIGINT') : child.kill('SIGINT'));
    // Whatever ends this process ends what it runs; a child of the same terminal gets its signals anyway.
    const leaveNothing = () => signalGroup(child.pid, 'SIGKILL');
    if (options.apart) process.once('exit', leaveNothing);
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
      process.off('exit', leaveNothing);
      resolve({ code: code ?? 1, output: chunks.join('') });
    });
  });
}

/** Tells the leader of a process group and all that it has started; nothing where they have ended already. */
function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (leader !== undefined) process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
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
