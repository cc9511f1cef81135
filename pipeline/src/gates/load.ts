import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgets } from '../delivery/budgets.js';
import { measureLoad } from '../load/measure.js';
import { loadFindings } from '../load/verdict.js';
import { deployedEnvironment } from './deployed-environment.js';
import { type Gate, GateShut, namedEnvironment } from './gate.js';

/** Does the shop stay within its budget while many use it? */
export const load: Gate = {
  title: 'Load',
  performs: ['performance-tests'],
  deployed: true,
  async run(context) {
    const { reports, progress } = context;
    const { target, outputs } = await deployedEnvironment(context);
    const { hostedBy, gateway } = target.environment;
    if (gateway.kind !== 'sandbox') throw new GateShut('Load means orders, and here cards are real.');
    const budget = budgets[namedEnvironment(context)].load[hostedBy];
    const measured = await measureLoad(outputs, budget);
    const findings = loadFindings(measured, budget);
    const report = { environment: outputs.environment, hostedBy, budget, measured, findings };
    writeFileSync(join(reports, 'load.json'), `${JSON.stringify(report, null, 2)}\n`);
    if (hostedBy === 'local-cloud')
      progress.note('On the local cloud: these times say nothing about AWS, its budget is a laptop’s');
    for (const { holds, claim, found } of findings) progress.note(`${holds ? '✓' : '·'} ${claim}: ${found}`);
    const over = findings.filter(({ holds }) => !holds).map(({ claim, found }) => `${claim}: ${found}`);
    if (over.length > 0)
      throw new GateShut(`Over the budget of pipeline/src/delivery/budgets.ts: ${over.join('; ')}`);
  },
};
