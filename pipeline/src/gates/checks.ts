import { add, type Check, nothing, type Tally } from '@shipline/tooling/checks/check';
import { toolEnvironment } from '@shipline/tooling/process';
import { environmentVariables } from './deployed-environment.js';
import { type Gate, type GateContext, GateShut } from './gate.js';

/** A gate that asks what `pnpm test` asks, on the commit or on what is deployed. */
export const gateOf = (
  title: string,
  performs: Gate['performs'],
  checks: readonly [Check, ...Check[]],
): Gate => {
  const deployed = checks.some(({ needsCloud }) => needsCloud);
  return {
    title,
    performs,
    deployed,
    async run(context) {
      const env = deployed ? await environmentVariables(context) : toolEnvironment();
      let total: Tally = nothing;
      for (const check of checks) total = add(total, await runCheck(check, env, context));
      context.progress.note(`${total.passed} passed, ${total.failed} failed`);
      if (total.failed > 0)
        throw new GateShut(`${total.failed} of ${total.passed + total.failed} failed: see the lines above.`);
    },
  };
};

const runCheck = (check: Check, env: Record<string, string | undefined>, { progress }: GateContext) =>
  check.run({ env, all: false, show: progress.note });
