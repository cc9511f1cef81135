import type { FunctionRelease, Moment, Observation } from '../observation.js';
import { askedRelease } from '../verdict/harm.js';
import { firstAlarm, restoredAt, sharedAt } from '../verdict/numbers.js';

export interface MarkedMoment {
  readonly at: Moment;
  readonly label: string;
}

/** What happened to the releases, in the order of time; of several the first, and only what was seen. */
export function momentsOf({ releasedFrom, releases, weight }: Observation): MarkedMoment[] {
  const first = (momentOf: (release: FunctionRelease) => Moment | undefined) =>
    releases
      .map(momentOf)
      .filter((at) => at !== undefined)
      .toSorted((a, b) => a - b)[0];
  // Of what people ask, the chart shows each failure anyway.
  const unseen = askedRelease({ releases }) === undefined;
  const found: (MarkedMoment | undefined)[] = [
    { at: releasedFrom, label: 'release starts' },
    marked(first(sharedAt), `${Math.round(weight * 100)} % to the new version`),
    marked(unseen ? first(({ faults }) => faults[0]) : undefined, 'a task fails'),
    marked(first(firstAlarm), 'alarm rings'),
    marked(first(restoredAt), 'taken back'),
    marked(first(liveAt), 'live for all'),
  ];
  return found.filter((moment) => moment !== undefined).toSorted((a, b) => a.at - b.at);
}

const marked = (at: Moment | undefined, label: string): MarkedMoment | undefined =>
  at === undefined ? undefined : { at, label };

const liveAt = ({ aliasStates, newVersion }: FunctionRelease): Moment | undefined =>
  aliasStates.find(({ version }) => newVersion !== undefined && version === newVersion)?.at;
