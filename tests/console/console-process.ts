import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { binDirectory, root } from '@shipline/tooling/paths';

export interface RunningConsole {
  readonly url: string;
  stop(): Promise<void>;
}

const address = /http:\/\/127\.0\.0\.1:\d+/;

/** `pnpm console` on a free port, as somebody starts it beside the shop. */
export async function startConsole(): Promise<RunningConsole> {
  const child = spawn(`${binDirectory}/tsx`, ['tooling/commands/console.ts', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = address.exec(line)?.[0];
    if (!url) continue;
    const stop = () => {
      child.kill('SIGTERM');
      return ended;
    };
    return { url, stop };
  }
  throw new Error('The console ended before it said where it is.');
}
