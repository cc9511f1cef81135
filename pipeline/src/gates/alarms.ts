import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { physicalName } from '@shipline/infra';
import { cloudHealth } from '@shipline/local-cloud';
import { deployedTargetOf, type Target } from '@shipline/tooling/deploy/target';
import { bake } from '../alarms/bake.js';
import { budgets } from '../delivery/budgets.js';
import { type Gate, GateShut, namedEnvironment } from './gate.js';

/** Does the release stand a while without waking anybody? */
export const alarms: Gate = {
  title: 'Watch the alarms',
  performs: ['monitoring-and-logging', 'progressive-deployment'],
  deployed: true,
  async run(context) {
    const { progress } = context;
    const name = namedEnvironment(context);
    const target = await deployedTargetOf(name, progress.note);
    const forMs = budgets[name].bakeMinutes * (await minuteMs(target));
    progress.note(`For ${Math.round(forMs / 1_000)} s none may ring`);
    const { watched, rang } = await bake(new CloudWatchClient({ maxAttempts: 4 }), {
      prefix: physicalName(name, ''),
      forMs,
      everyMs: target.local ? 500 : 10_000,
    });
    if (watched === 0)
      throw new GateShut(`${name} has no alarm: nobody would be told of anything. Was it deployed?`);
    if (rang.size > 0)
      throw new GateShut(
        `${rang.size} of ${watched} alarms rang: ${[...rang].map(([alarm, reason]) => `${alarm} (${reason})`).join('; ')}. docs/runbooks tells of each.`,
      );
    progress.note(`${watched} alarms, and none rang`);
  },
};

/** The local cloud's minutes are short: its alarms look at as many of them. */
async function minuteMs({ local }: Target): Promise<number> {
  const health = local && (await cloudHealth(local.port));
  return (health?.minuteSeconds ?? 60) * 1_000;
}
