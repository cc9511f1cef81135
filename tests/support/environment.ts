import type { Outputs } from '@shipline/tooling/deploy/outputs';

/**
 * What the environment under test offers. `pnpm test` and `pnpm smoke` set it; by hand:
 * `SHIPLINE_OUTPUTS="$(pnpm -s outputs --json)"`.
 */
export const outputs: Outputs = (() => {
  const text = process.env['SHIPLINE_OUTPUTS'];
  if (!text)
    throw new Error(
      'SHIPLINE_OUTPUTS is not set: run these tests by `pnpm test --only integration` or `pnpm smoke`.',
    );
  return JSON.parse(text) as Outputs;
})();
