import { mkdirSync } from 'node:fs';
import { gates } from './catalogue.js';
import { type GateContext, GateShut } from './gate.js';
import type { GateName } from './gate-names.js';

/**
 * Runs one gate.
 * @returns whether the release may go on; why not is said in one sentence.
 * @throws what is no verdict: the pipeline itself is at fault then.
 */
export async function gateRun(name: GateName, context: GateContext): Promise<boolean> {
  const gate = gates[name];
  if (gate.deployed && !context.environment)
    throw new GateShut(`The gate ${name} asks a deployed environment: say which by \`--env\`.`);
  mkdirSync(context.reports, { recursive: true });
  try {
    await context.progress.step(gate.title, () => gate.run(context));
    return true;
  } catch (error) {
    if (!(error instanceof GateShut)) throw error;
    context.progress.note(`✗ ${name}: ${error.message}`);
    return false;
  }
}
