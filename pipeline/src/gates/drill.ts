import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deployedTargetOf } from '@shipline/tooling/deploy/target';
import { drills } from '../drills/catalogue.js';
import { interruption } from '../drills/interruption.js';
import { rehearse } from '../drills/rehearse.js';
import { prepare } from '../drills/run/setting.js';
import { type Gate, GateShut, namedEnvironment } from './gate.js';

/** Would this environment notice a bad release, and take it back? */
export const drill: Gate = {
  title: 'Drill: a bad release',
  performs: ['monitoring-and-logging', 'resilience-tests'],
  deployed: true,
  async run(context) {
    const { releaseFolder, reports, progress } = context;
    const name = namedEnvironment(context);
    if (name === 'prod') throw new GateShut('A drill harms those who use the shop: not in prod.');
    const target = await deployedTargetOf(name, progress.note);
    const results = join(reports, 'drills');
    mkdirSync(results, { recursive: true });
    const workFolder = mkdtempSync(join(results, '.work-'));
    const interrupted = interruption(progress.note);
    // Whoever waits for it handles it; nobody waits after the drill.
    interrupted.catch(() => {});
    try {
      const setting = await prepare(target, workFolder, progress, releaseFolder);
      const passed = await rehearse(drills['bad-release'], { setting, results, progress, interrupted });
      if (!passed)
        throw new GateShut(
          `A bad release was not taken back as it must be: ${results} has its table and chart.`,
        );
    } finally {
      rmSync(workFolder, { recursive: true, force: true });
    }
  },
};
