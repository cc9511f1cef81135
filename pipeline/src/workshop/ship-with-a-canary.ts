import type { Missing } from './lessons.js';

/** One deployment of the catalog's API, as CodeDeploy tells of it. */
export interface Shift {
  readonly status: string;
  /** Why it failed. */
  readonly error: string | undefined;
  readonly isRollback: boolean;
}

/** @param shifts oldest first */
export function missingOfCanary(shifts: readonly Shift[]): Missing {
  const releases = shifts.filter(({ isRollback }) => !isRollback);
  const ended = (status: string, error?: string) =>
    releases.findIndex((release) => release.status === status && release.error === error);
  const refused = ended('Failed', 'HOOK_EXECUTION_FAILURE');
  const takenBack = ended('Stopped', 'ALARM_ACTIVE');
  const newest = releases.at(-1);
  return [
    ...(ended('Succeeded') < 0
      ? ['No new version of the catalog has gone live yet: change it and run `pnpm deploy:local` (step 1).']
      : []),
    ...(refused < 0
      ? ['No new version was refused by its release check yet: ship the broken price (step 2).']
      : []),
    ...(takenBack < 0
      ? ['No new version was taken back by its alarm yet: run `pnpm drill bad-release` (step 6).']
      : []),
    ...(newest !== undefined && refused >= 0 && takenBack >= 0 && newest.status !== 'Succeeded'
      ? [`The last release ended as ${newest.status}: ship a sound one with \`pnpm deploy:local\` (step 8).`]
      : []),
  ];
}
