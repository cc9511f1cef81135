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
