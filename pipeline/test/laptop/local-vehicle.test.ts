import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Delivery, Stage } from '../../src/delivery/stage.js';
import { localVehicle } from '../../src/laptop/local-vehicle.js';
import { folderOf } from '../release/builders.js';

const work = mkdtempSync(join(tmpdir(), 'shipline-laptop-'));
afterAll(() => rmSync(work, { recursive: true }));

const dev: Stage = {
  name: 'dev',
  reference: 'beta',
  environment: 'dev',
  budgetMinutes: 30,
  jobs: [{ name: 'test', role: 'test', gates: ['smoke-tests'] }],
};

/** A checkout whose gates say that they have begun, and end when the file `over` is there. */
async function setup() {
  const checkout = folderOf({});
  const over = join(checkout, 'over');
  const bin = join(checkout, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'tsx'), `#!/bin/sh\necho begun\nwhile [ ! -e '${over}' ]; do sleep 0.05; done\n`);
  chmodSync(join(bin, 'tsx'), 0o755);
  const stop = new AbortController();
  const road: Delivery = { source: { branch: 'main', ignores: [] }, stages: [dev] };
  const vehicle = localVehicle({ checkout, road, yes: true, stopped: stop.signal, folder: work });
  return { vehicle, stop, finish: () => writeFileSync(over, '') };
}

describe('a gate that runs on this machine when Ctrl-C comes', () => {
  it('is ended', async () => {
    const { vehicle, stop } = await setup();

    await expect(vehicle.passGate(dev, 'smoke-tests', () => stop.abort())).rejects.toThrow('begun');
    expect(readFileSync(join(work, 'reports/dev/smoke-tests.log'), 'utf8')).toBe('begun\n');
  });

  it('comes to its end where CloudFormation works for it', async () => {
    const { vehicle, stop, finish } = await setup();

    await vehicle.passGate(dev, 'deploy', () => {
      stop.abort();
      finish();
    });
  });
});
