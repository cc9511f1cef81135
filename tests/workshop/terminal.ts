import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Printed {
  /** Of the first command that failed, or of the last one. */
  readonly code: number;
  /** Both streams, as a reader sees them. */
  readonly output: string;
}

export interface Terminal {
  /** Variables and the working directory stay from one call to the next. Ends with the first command that fails. */
  type(commands: string, expected: { readonly toFail: boolean }): Promise<Printed>;
  close(): Promise<void>;
}

/** One shell for one page, as a reader has it. Nothing can be typed into what the commands ask. */
export function openTerminal(folder: string, env: Record<string, string | undefined>): Terminal {
  const scripts = mkdtempSync(join(tmpdir(), 'shipline-terminal-'));
  const shell = spawn('sh', [], { cwd: folder, env, stdio: 'pipe' });
  for (const stream of [shell.stdout, shell.stderr]) stream.setEncoding('utf8');
  const closed = once(shell, 'close') as Promise<[number | null]>;
  return {
    async type(commands, { toFail }) {
      const script = join(scripts, 'typed.sh');
      writeFileSync(script, `${commands}\n`);
      const end = randomUUID();
      const ended = printedUntil(shell, end, closed);
      // Where a failure is expected the shell must live on; elsewhere it is the end of the page.
      shell.stdin.write(
        `set ${toFail ? '+' : '-'}e\n. '${script}' </dev/null 2>&1\nprintf '\\n%s %s\\n' ${end} "$?"\n`,
      );
      return ended;
    },
    async close() {
      shell.stdin.end();
      await closed;
      rmSync(scripts, { recursive: true });
    },
  };
}

function printedUntil(
  { stdout, stderr }: ChildProcessWithoutNullStreams,
  end: string,
  closed: Promise<[number | null]>,
): Promise<Printed> {
  const last = new RegExp(`\\n${end} (\\d+)\\n$`);
  return new Promise((resolve) => {
    let output = '';
    const hear = (text: string) => {
      output += text;
      const code = last.exec(output)?.[1];
      if (code !== undefined) finish(Number(code));
    };
    const finish = (code: number) => {
      stdout.off('data', hear);
      stderr.off('data', hear);
      resolve({ code, output: output.replace(last, '') });
    };
    stdout.on('data', hear);
    stderr.on('data', hear);
    closed.then(([code]) => finish(code ?? 1));
  });
}
