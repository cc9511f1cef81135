import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endWith, Interrupted, UserError } from '../src/cli.js';
import { run } from '../src/process.js';

const node = (script: string, options: Parameters<typeof run>[2]) =>
  run(process.execPath, ['-e', script], options);

describe('a program', () => {
  it('has what it says on either stream kept in its log, as it says it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'process-'));
    const log = join(folder, 'log');
    let whileItRan = '';

    await node('console.log("one"); console.error("two"); setTimeout(() => console.log("three"), 10)', {
      log,
      onLine: (line) => {
        if (line === 'three') whileItRan = readFileSync(log, 'utf8');
      },
    });

    expect(whileItRan).toContain('one\n');
    expect(readFileSync(log, 'utf8').split('\n').sort()).toEqual(['', 'one', 'three', 'two']);
    rmSync(folder, { recursive: true });
  });

  it.each(['before it says something', 'once it runs'])('ends by Ctrl-C %s', async (when) => {
    const stopping = new AbortController();
    if (when.startsWith('before')) stopping.abort();

    const { code } = await node('setInterval(() => console.log("still here"), 5)', {
      stopped: stopping.signal,
      onLine: () => stopping.abort(),
    });

    expect(code).not.toBe(0);
  });
});

describe('a program that runs apart', () => {
  it('ends by Ctrl-C with what it has started itself', async () => {
    const stopping = new AbortController();
    const grandchild = 'console.log("here"); setInterval(() => {}, 1000)';
    const script = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}], { stdio: "inherit" })`;

    // The output is read to its end, which comes when nobody holds it any more.
    const { code, output } = await node(script, {
      apart: true,
      stopped: stopping.signal,
      onLine: () => stopping.abort(),
    });

    expect(output).toBe('here\n');
    expect(code).not.toBe(0);
  });

  it('is out of reach of the terminal’s own Ctrl-C', async () => {
    const groupOf = async (options: Parameters<typeof run>[2]) =>
      (await run('sh', ['-c', 'ps -o pgid= -p $$'], options)).output.trim();

    const own = await groupOf({});

    expect(await groupOf({})).toBe(own);
    expect(await groupOf({ apart: true })).not.toBe(own);
  });
});

describe('a command', () => {
  const before = process.exitCode;
  afterEach(() => {
    process.exitCode = before;
  });

  beforeEach(() => {
    vi.spyOn(console, 'error').mockReturnValue();
  });

  it.each([
    [new UserError('Sign in.'), 1],
    [new Interrupted('Stopped.'), 130],
    [new TypeError('our fault'), 1],
  ])('that fails by %s ends with %d', async (error, code) => {
    await endWith(() => Promise.reject(error));

    expect(process.exitCode).toBe(code);
  });
});
