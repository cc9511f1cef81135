import type { Judgement } from './judge.js';
import type { Numbers } from './numbers.js';
import { orDash, percent } from './words.js';

/** The numbers of a drill for the terminal, and beneath them each thing that had to be so. */
export function table({ numbers, findings }: Judgement): string {
  const width = Math.max(...findings.map(({ claim }) => claim.length), 0);
  return [
    ...rowsOf(numbers).map(([name, value]) => `  ${name.padEnd(36)} ${value.padStart(8)}`),
    '',
    ...findings.map(({ holds, claim, found }) => `  ${holds ? '✓' : '✗'} ${claim.padEnd(width)}  ${found}`),
  ].join('\n');
}

const rowsOf = (numbers: Numbers): [string, string][] => [
  ['requests', String(numbers.requests)],
  ['  answered by the old version', String(numbers.byOld)],
  ['  answered by the new version', String(numbers.byNew)],
  ['  failed', String(numbers.failed)],
  ['harmed by the new version', String(numbers.harmed)],
  ['harmed share while it was allowed', percent(numbers.harmedShare)],
  ['time to detect', orDash(numbers.toDetect)],
  ['time to restore', orDash(numbers.toRestore)],
];
