import type { DeploymentRow } from './deployment-row.js';

/** A release with the alarms of its new version that ring. */
export interface WatchedRelease extends DeploymentRow {
  readonly ringing: readonly string[];
}

const columns = [
  'function',
  'versions',
  'state',
  'weight',
  'requests',
  'errors',
  'alarm',
  'time left',
] as const;

/** The releases as lines of a table; requests and errors are the new version's. */
export function releaseTable(releases: readonly WatchedRelease[], now: number): string[] {
  if (releases.length === 0) return [];
  const rows = [columns, ...releases.map((release) => cellsOf(release, now))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

const cellsOf = (release: WatchedRelease, now: number): readonly string[] => [
  release.name,
  `${release.from} -> ${release.to}`,
  release.state,
  `${Math.round(release.weight * 100)} %`,
  String(release.new.requests),
  String(release.new.errors),
  release.ringing.length > 0 ? release.ringing.join(', ') : 'ok',
  release.dueAt === undefined ? '' : duration((release.dueAt - now) / 1000),
];

/** Where the table cannot be drawn anew: a line for each release that is not as it was. */
export function changes(before: readonly WatchedRelease[], after: readonly WatchedRelease[]): string[] {
  const known = new Map(before.map((release) => [release.id, stepOf(release)]));
  return after
    .filter((release) => known.get(release.id) !== stepOf(release))
    .map(
      (release) =>
        `${release.name} ${release.from} -> ${release.to}: ${stepOf(release)}, ${release.new.requests} requests, ${release.new.errors} errors`,
    );
}

const stepOf = ({ state, weight, ringing }: WatchedRelease) =>
  [`${state} (${Math.round(weight * 100)} %)`, ...ringing].join(', ');

/** `9 s`, `3 min 20 s` */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const minutes = Math.floor(whole / 60);
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
