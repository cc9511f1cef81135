import type { Drill } from '../drill.js';
import type { Judgement } from './judge.js';

export interface Verdict {
  readonly passed: boolean;
  readonly sentence: string;
}

/**
 * Whether a drill has shown what it is to show. The control shows that the judge can say no: it passes where the same
 * release that the alarms take back is judged failed without them, because the new version went on to answer people.
 */
export function verdictOf({ withoutAlarms }: Drill, { passed, findings, numbers }: Judgement): Verdict {
  if (!withoutAlarms) {
    const broken = findings.filter(({ holds }) => !holds).length;
    return { passed, sentence: passed ? 'passed' : `failed: ${broken} of ${findings.length} do not hold` };
  }
  const unhindered = numbers.exposed !== undefined && numbers.exposed > numbers.allowedExposure;
  return !passed && unhindered
    ? { passed: true, sentence: 'passed: without alarms the bad release is judged failed, as it must be' }
    : { passed: false, sentence: 'failed: a bad release that nothing stops was not found to be one' };
}
