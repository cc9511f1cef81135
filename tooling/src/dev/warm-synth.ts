import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { UserError } from '../cli.js';
import { root } from '../paths.js';

const worker = join(root, 'infra/bin/synth-worker.ts');
/** What the worker has loaded: a change of it needs a new one. */
const loaded = /^(?:infra|packages\/contracts)\//;

/** Synthesizes the local stacks in a process that stays, so that only the first time is slow. */
export class WarmSynth {
  #child: ChildProcess | undefined;

  readonly synthesize = async (): Promise<void> => {
    const child = this.#child ?? this.#start();
    const answer = once(child, 'message');
    const ended = once(child, 'exit').then(() => ['ended']);
    child.send('synthesize');
    const [reply] = (await Promise.race([answer, ended])) as [{ failure?: string } | 'ended'];
    if (reply === 'ended')
      throw new UserError('The CDK app in infra/ does not load: mend the file and save it.');
    if (reply.failure) throw new UserError(`Synthesizing local failed:\n${reply.failure}`);
  };

  /** Starts anew next time, if these files are part of what was loaded. */
  forget(changed: readonly string[]): void {
    if (changed.some((file) => loaded.test(file))) this.end();
  }

  end(): void {
    this.#child?.disconnect();
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const child = fork(worker, {
      cwd: root,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    this.#child = child;
    return child;
  }
}
