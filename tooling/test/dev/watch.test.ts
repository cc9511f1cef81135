import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type SourceWatcher, watchSources } from '../../src/dev/watch.js';

/** Waits for what the file system tells in its own time. */
const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 20_000 });

let repository: string;
let watcher: SourceWatcher | undefined;

beforeEach(() => {
  repository = realpathSync(mkdtempSync(join(tmpdir(), 'shipline-watch-')));
  for (const folder of ['services/orders/src', 'services/orders/dist', 'services/orders/test', 'infra/src'])
    mkdirSync(join(repository, folder), { recursive: true });
  save('services/orders/src/old.ts');
});

afterEach(async () => {
  await watcher?.close();
  rmSync(repository, { recursive: true });
});

function save(file: string, text = 'export {};') {
  mkdirSync(join(repository, dirname(file)), { recursive: true });
  writeFileSync(join(repository, file), text);
}

/** Watches the repository; where calls are held, each waits until `release`. */
async function watching({ held = false } = {}) {
  const calls: string[][] = [];
  let running = 0;
  let release = () => {};
  const gate = held ? new Promise<void>((resolve) => (release = resolve)) : Promise.resolve();
  watcher = watchSources(async (files) => {
    running += 1;
    expect(running, 'calls at a time').toBe(1);
    calls.push(files);
    await gate;
    running -= 1;
  }, repository);
  await watcher.ready;
  return { calls, seen: () => [...new Set(calls.flat())].toSorted(), release };
}

describe('watching the sources', () => {
  it('tells new, changed and removed files by their path in the repository', async () => {
    const { seen } = await watching();

    save('services/orders/src/new.ts');
    await eventually(() => expect(seen()).toContain('services/orders/src/new.ts'));
    save('infra/src/app.ts', 'export const changed = true;');
    await eventually(() => expect(seen()).toContain('infra/src/app.ts'));
    rmSync(join(repository, 'services/orders/src/old.ts'));

    await eventually(() =>
      expect(seen()).toEqual([
        'infra/src/app.ts',
        'services/orders/src/new.ts',
        'services/orders/src/old.ts',
      ]),
    );
  });

  it('tells together what was saved together', async () => {
    const { calls, seen } = await watching();
    const files = Array.from({ length: 50 }, (_, n) => `services/orders/src/file-${n}.ts`);

    for (const file of files) save(file);

    await eventually(() => expect(seen()).toEqual(files.toSorted()));
    expect(calls.length).toBeLessThan(files.length);
  });

  it('hands what changes during a call to the next one', async () => {
    const { calls, release } = await watching({ held: true });
    save('services/orders/src/first.ts');
    await eventually(() => expect(calls[0]).toEqual(['services/orders/src/first.ts']));

    save('services/orders/src/second.ts');
    await whenWatcherHasSeen('services/orders/src/second.ts');
    expect(calls).toHaveLength(1);
    release();

    await eventually(() => expect(calls[1]).toContain('services/orders/src/second.ts'));
  });

  it('passes over what is built, tests, and documents', async () => {
    const { seen } = await watching();

    save('services/orders/dist/index.mjs');
    save('services/orders/test/orders.test.ts');
    save('services/orders/README.md');
    save('services/orders/node_modules/left-pad/index.js');
    save('docs/architecture.ts');
    save('services/orders/src/last.ts');

    await eventually(() => expect(seen()).toContain('services/orders/src/last.ts'));
    expect(seen()).toEqual(['services/orders/src/last.ts']);
  });

  it('tells nothing after it was closed', async () => {
    const { calls } = await watching();
    save('services/orders/src/late.ts');

    await watcher?.close();
    save('services/orders/src/later.ts');

    await whenWatcherHasSeen('services/orders/src/later.ts');
    expect(calls).toEqual([]);
  });
});

/** A second watcher is told later than the first of the same save. */
async function whenWatcherHasSeen(file: string) {
  const seen: string[] = [];
  const second = watchSources(async (files) => void seen.push(...files), repository);
  await second.ready;
  save(file, '// saved once more');
  await eventually(() => expect(seen).toContain(file));
  await second.close();
}
