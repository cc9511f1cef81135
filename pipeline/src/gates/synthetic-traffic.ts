import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgets } from '../delivery/budgets.js';
import { allInParallel } from '../deploy/in-parallel.js';
import { type Visit, visit } from '../shop/visit.js';
import { deployedEnvironment } from './deployed-environment.js';
import { type Gate, GateShut, namedEnvironment } from './gate.js';

/** Can customers do what they come for, from the first page to the money back? */
export const syntheticTraffic: Gate = {
  title: 'Synthetic customers',
  performs: ['synthetic-tests'],
  deployed: true,
  async run(context) {
    const { reports, progress } = context;
    const { target, outputs } = await deployedEnvironment(context);
    // Where cards are real nobody buys: whoever comes looks, fills a cart and leaves.
    const buys = target.environment.gateway.kind === 'sandbox';
    const numbers = Array.from({ length: budgets[namedEnvironment(context)].visits }, (_, index) => index);
    const visits = await allInParallel(2, numbers, (number) => visit({ outputs, number, buys }));
    writeFileSync(join(reports, 'synthetic-traffic.json'), `${JSON.stringify(visits, null, 2)}\n`);
    const failures = visits.flatMap(({ id, failure }) =>
      failure === undefined ? [] : [`${failure} (${id})`],
    );
    if (failures.length > 0)
      throw new GateShut(`${failures.length} of ${visits.length} visits failed: ${failures.join('; ')}`);
    progress.note(`${visits.length} visits${buys ? ', each with an order' : ', nothing bought'}`);
    for (const line of slowest(visits)) progress.note(line);
  },
};

/** The longest that each step took, in the order of the visit. */
function slowest(visits: readonly Visit[]): string[] {
  const longest = new Map<string, number>();
  for (const { steps } of visits)
    for (const { name, ms } of steps) longest.set(name, Math.max(ms, longest.get(name) ?? 0));
  return [...longest].map(([name, ms]) => `${name}: at most ${ms} ms`);
}
