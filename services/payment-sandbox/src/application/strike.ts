import {
  type FaultRule,
  type FaultSubject,
  type Operation,
  rulesOfMetadata,
  strikes,
} from '../domain/fault.js';
import type { Faults } from '../ports/faults.js';

export type Strike = (at: Operation, subject: FaultSubject) => Promise<FaultRule | undefined>;

/** Finds the first rule that is meant for a request and has not struck as often as it may, and uses it up by one. */
export const makeStrike =
  ({ faults }: { faults: Faults }): Strike =>
  async (at, subject) => {
    const known = [...rulesOfMetadata(subject), ...(await faults.rules())];
    for (const rule of known) if (strikes(rule, at, subject) && (await faults.take(rule))) return rule;
    return undefined;
  };
