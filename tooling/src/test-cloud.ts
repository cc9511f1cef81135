import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud, stopCloud, tokenKeyFile } from '@shipline/local-cloud';
import { deploy } from './deploy/deploy.js';
import type { Outputs } from './deploy/outputs.js';
import { seedShop } from './deploy/seed.js';
import { targetOf } from './deploy/target.js';
import { toolEnvironment } from './process.js';
import type { Progress } from './progress.js';
import { shortenWaits } from './short-waits.js';

export interface TestCloud {
  readonly outputs: Outputs;
  /** What a program needs to talk to it. */
  readonly env: Record<string, string | undefined>;
  stop(): Promise<void>;
}

/** First base port to try; `pnpm dev` keeps its own (4566). */
const firstBase = 4600;

/** A local cloud of its own for one test run: empty, on free ports, with the whole shop deployed and seeded. */
export async function startTestCloud(progress: Progress): Promise<TestCloud> {
  const stateDir = mkdtempSync(join(tmpdir(), 'shipline-test-'));
  const port = await freeBasePort(3);
  process.env['SHIPLINE_CLOUD_PORT'] = String(port);
  const stop = async () => {
    await stopCloud({ stateDir });
    rmSync(stateDir, { recursive: true, force: true });
  };
  try {
    await progress.step('Start a local cloud for the tests', () =>
      startCloud({ port, stateDir, log: progress.note }),
    );
    await shortenWaits(port);
    const target = await targetOf('local', progress.note);
    const { outputs } = await deploy(target, progress);
    await seedShop(outputs, progress);
    const env = toolEnvironment({
      SHIPLINE_OUTPUTS: JSON.stringify(outputs),
      SHIPLINE_CLOUD_STATE: stateDir,
      SHIPLINE_TOKEN_KEY: tokenKeyFile(stateDir, outputs.userPoolId),
    });
    return { outputs, env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first of some ports in a row that nobody listens on. */
export async function freeBasePort(inARow: number): Promise<number> {
  const offsets = Array.from({ length: inARow }, (_, offset) => offset);
  for (let base = firstBase; base < firstBase + 1_000; base += 10) {
    const free = await Promise.all(offsets.map((offset) => canListen(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error(`No ${inARow} free ports in a row from ${firstBase}.`);
}

const canListen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
