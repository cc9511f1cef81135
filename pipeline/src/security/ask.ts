import { allInParallel } from '../deploy/in-parallel.js';
import type { Probe } from './probes.js';

/** What shows how something works inside: a frame of a stack, a path of Lambda's file system. */
const inside = /\n\s+at .+[:(]\d+|\/var\/task\/|node_modules\//;

/** Sends every probe. @returns a sentence for each that was not refused as it has to be. */
export async function unrefused(origin: string, probes: readonly Probe[]): Promise<string[]> {
  const answers = await allInParallel(4, probes, (probe) => complaintsAbout(origin, probe));
  return answers.flat();
}

async function complaintsAbout(origin: string, probe: Probe): Promise<string[]> {
  const { name, method, path, headers = {}, body, refusedWith } = probe;
  const response = await fetch(`${origin}${path}`, { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  return [
    ...(refusedWith.includes(response.status)
      ? []
      : [`${name}: ${response.status} instead of ${refusedWith.join(' or ')}`]),
    ...(inside.test(text) ? [`${name}: the answer shows its code`] : []),
  ];
}
