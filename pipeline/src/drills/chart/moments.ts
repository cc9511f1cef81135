import type { FunctionRelease, Moment, Observation } from '../observation.js';
import { firstAlarm, restoredAt, sharedAt } from '../verdict/numbers.js';

export interface MarkedMoment {
  readonly at: Moment;
  readonly label: string;
}

/** What happened to the release, in the order of time; only what was seen is told. */
export function momentsOf({ releasedFrom, releases, weight }: Observation): MarkedMoment[] {
  const [release] = releases;
  const found: (MarkedMoment | undefined)[] = [
    { at: releasedFrom, label: 'release starts' },
    marked(release && sharedAt(release), `${Math.round(weight * 100)} % to the new version`),
    marked(release && firstAlarm(release), 'alarm rings'),
    marked(release && restoredAt(release), 'taken back'),
    marked(release && liveAt(release), 'live for all'),
  ];
  return found.filter((moment) => moment !== undefined).toSorted((a, b) => a.at - b.at);
}

const marked = (at: Moment | undefined, label: string): MarkedMoment | undefined =>
  at === undefined ? undefined : { at, label };

const liveAt = ({ aliasStates, newVersion }: FunctionRelease): Moment | undefined =>
  aliasStates.find(({ version }) => newVersion !== undefined && version === newVersion)?.at;
