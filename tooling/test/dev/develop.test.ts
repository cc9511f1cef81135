import { describe, expect, it, vi } from 'vitest';
import type { Outputs } from '../../src/deploy/outputs.js';
import type { DevTools } from '../../src/dev/dev-tools.js';
import { develop } from '../../src/dev/develop.js';
import { recordedProgress } from '../recorded-progress.js';

const outputs = { storefrontUrl: 'http://localhost:4567' } as Outputs;

/** A machine that remembers in which order it was used. */
function machine(changes: Partial<DevTools> = {}) {
  const did: string[] = [];
  const said: string[] = [];
  const { progress, notes } = recordedProgress();
  const stop = new AbortController();
  let onSave: ((files: string[]) => Promise<void>) | undefined;
  let cloudEnds: (ending: number) => void = () => {};
  const exited = new Promise<number>((resolve) => (cloudEnds = resolve));
  const record = (what: string) => async () => void did.push(what);
  const tools: DevTools = {
    progress,
    say: (line) => said.push(line.trim()),
    startCloud: async () => {
      did.push('start');
      return { alreadyRunning: false, exited, stateDir: '/state' };
    },
    stopCloud: async (stateDir) => did.push(`stop ${stateDir}`),
    deploy: async () => {
      did.push('deploy');
      return outputs;
    },
    seed: record('seed'),
    watch: (onChange) => {
      did.push('watch');
      onSave = onChange;
      return { ready: Promise.resolve(), close: record('close') };
    },
    forget: (files) => did.push(`forget ${files}`),
    end: () => did.push('end'),
    ...changes,
  };
  return {
    did,
    said,
    notes,
    tools,
    cloudEnds: (ending: number) => cloudEnds(ending),
    stop: () => stop.abort(),
    save: (...files: string[]) => onSave?.(files),
    run: (watch = true) => develop(tools, { watch, stopped: stop.signal }),
    /** Runs until the shop is open and files are watched. */
    open: async () => {
      const ended = develop(tools, { watch: true, stopped: stop.signal });
      await vi.waitFor(() => expect(did).toContain('watch'));
      return { ended };
    },
  };
}

describe('pnpm dev', () => {
  it('starts, deploys, seeds, tells the address, and stops everything at Ctrl-C', async () => {
    const { did, said, open, stop } = machine();
    const { ended } = await open();
    expect(said).toEqual(['The shop is open: http://localhost:4567']);

    stop();
    await ended;

    expect(did).toEqual(['start', 'deploy', 'seed', 'watch', 'close', 'end', 'stop /state']);
  });

  it('watches nothing with --no-watch', async () => {
    const { did, run, stop, said } = machine();
    const ended = run(false);
    await vi.waitFor(() => expect(said).toContain('The shop is open: http://localhost:4567'));

    stop();
    await ended;

    expect(did).toEqual(['start', 'deploy', 'seed', 'end', 'stop /state']);
  });

  it('leaves a local cloud running that ran before', async () => {
    const { did, said, open, stop } = machine({
      startCloud: async () => ({ alreadyRunning: true, exited: new Promise(() => {}), stateDir: '/state' }),
    });
    const { ended } = await open();

    stop();
    await ended;

    expect(did.at(-1)).toBe('end');
    expect(said.at(-1)).toContain('was running before and goes on');
  });

  it('ends during the first deployment, without waiting for it', async () => {
    const { did, run, stop } = machine({ deploy: () => new Promise(() => {}) });
    const ended = run();
    await vi.waitFor(() => expect(did).toContain('start'));

    stop();
    await ended;

    expect(did).toEqual(['start', 'end', 'stop /state']);
  });

  it('stops the local cloud when the first deployment fails, and says why', async () => {
    const { did, run } = machine({ deploy: () => Promise.reject(new Error('cdk deploy failed')) });

    await expect(run()).rejects.toThrow('cdk deploy failed');

    expect(did).toEqual(['start', 'end', 'stop /state']);
  });

  it('fails when the local cloud ends by itself, and names its log', async () => {
    const { open, cloudEnds } = machine();
    const { ended } = await open();

    cloudEnds(3);

    await expect(ended).rejects.toThrow('The local cloud ended by itself (3); its log is in /state.');
  });
});

describe('a saved file', () => {
  it('is deployed, with what was loaded of it forgotten before', async () => {
    const { did, notes, open, save, stop } = machine();
    const { ended } = await open();

    await save('infra/src/names.ts');

    expect(did.slice(-2)).toEqual(['forget infra/src/names.ts', 'deploy']);
    expect(notes[0]).toBe('infra/src/names.ts changed');
    expect(notes[1]).toMatch(/^live at /);
    stop();
    await ended;
  });

  it('is seeded too, if it is seed data', async () => {
    const { did, open, save, stop } = machine();
    const { ended } = await open();

    await save('services/catalog/seed/products.ts');

    expect(did.slice(-2)).toEqual(['deploy', 'seed']);
    stop();
    await ended;
  });

  it('that does not compile is told, and the next one deployed', async () => {
    const deploy = vi
      .fn<DevTools['deploy']>()
      .mockResolvedValueOnce(outputs)
      .mockRejectedValueOnce(new Error('The build failed'))
      .mockResolvedValueOnce(outputs);
    const { said, notes, open, save, stop } = machine({ deploy });
    const { ended } = await open();

    await save('services/orders/src/half-written.ts');
    expect(said.at(-1)).toBe('The build failed');
    await save('services/orders/src/half-written.ts');

    expect(notes.at(-1)).toMatch(/^live at /);
    stop();
    await ended;
  });

  it('whose deployment Ctrl-C cuts short is not told as a failure', async () => {
    let fail = (_: Error) => {};
    const deploy = vi
      .fn<DevTools['deploy']>()
      .mockResolvedValueOnce(outputs)
      .mockReturnValueOnce(new Promise((_, reject) => (fail = reject)));
    const { said, open, save, stop } = machine({ deploy });
    const { ended } = await open();
    const saved = save('services/orders/src/domain/order.ts');

    stop();
    await ended;
    fail(new Error('connection refused'));
    await saved;

    expect(said).not.toContain('connection refused');
  });
});
