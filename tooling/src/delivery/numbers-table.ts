import type { FourNumbers } from './four-numbers.js';

/** A row for each number, as a person reads it. */
export const rowsOf = ({
  deployments,
  perDay,
  leadTime,
  changeFailureRate,
  timeToRestore,
}: FourNumbers): readonly (readonly [name: string, value: string])[] => [
  ['lead time for changes', span(leadTime)],
  ['deployment frequency', `${deployments} (${perDay.toFixed(1)} a day)`],
  ['change failure rate', changeFailureRate === undefined ? '-' : `${Math.round(changeFailureRate * 100)} %`],
  ['time to restore', span(timeToRestore)],
];

export const metricsTable = (numbers: FourNumbers): string =>
  rowsOf(numbers)
    .map(([name, value]) => `  ${name.padEnd(24)} ${value}`)
    .join('\n');

function span(ms: number | undefined): string {
  if (ms === undefined) return '-';
  const minutes = ms / 60_000;
  if (minutes < 60) return `${minutes.toFixed(1)} min`;
  return minutes < 48 * 60 ? `${(minutes / 60).toFixed(1)} h` : `${(minutes / 1_440).toFixed(1)} days`;
}
