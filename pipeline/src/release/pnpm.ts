import { execFile } from 'node:child_process';
import { root } from '@shipline/tooling/paths';
import { toolEnvironment } from '@shipline/tooling/process';

export interface PnpmAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Asks the pnpm that runs this command, in the repository's root; what it prints is data. */
export const pnpm = (args: readonly string[], cwd = root): Promise<PnpmAnswer> =>
  new Promise((resolve, reject) => {
    const options = { cwd, env: toolEnvironment() as NodeJS.ProcessEnv, maxBuffer: 64 * 1024 ** 2 };
    execFile('pnpm', args, options, (error, stdout, stderr) => {
      const { code = 0 } = error ?? {};
      if (typeof code !== 'number') reject(error);
      else resolve({ code, stdout, stderr });
    });
  });
