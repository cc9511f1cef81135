import type { Drill } from '../drill.js';
import type { AnsweredRequest, FunctionRelease, Moment, Observation } from '../observation.js';
import { answeredAt, askedRelease, failed, harmed, metNew } from './harm.js';

/** What a drill measured; moments are milliseconds since 1970, spans are milliseconds. */
export interface Numbers {
  readonly requests: number;
  readonly byOld: number;
  readonly byNew: number;
  readonly failed: number;
  /** Failed, and not because of the new version. */
  readonly failedOtherwise: number;
  readonly harmed: number;
  /** How often the fault was met in the function. */
  readonly faults: number;
  readonly firstHarm: Moment | undefined;
  /** From the first harm until an alarm rang. */
  readonly toDetect: number | undefined;
  /** From the first harm until the alias sent everybody to the old version again. */
  readonly toRestore: number | undefined;
  /** From the first harm to the last answer of the new version. */
  readonly exposed: number | undefined;
  readonly allowedExposure: number;
  /** Requests from the first harm on, for as long as the new version may answer. */
  readonly inWindow: number;
  readonly harmedShare: number;
  readonly allowedShare: number;
  readonly p99Old: number | undefined;
  readonly p99New: number | undefined;
}

/** What may pass between an alarm and the moment when the alias is back. */
const GRACE_MS = 5_000;

/** A task, which no request asks, tells its faults itself. */
export function numbersOf(drill: Drill, observation: Observation): Numbers {
  const { requests, releases } = observation;
  const asked = askedRelease(observation);
  const byNew = requests.filter((request) => metNew(request, asked));
  const byOld = requests.filter((request) => request.version !== undefined && !metNew(request, asked));
  const allHarmed = requests.filter((request) => harmed(drill, observation, request));
  const faults = asked ? [] : releases.flatMap(({ faults: met }) => met);
  const firstHarm = least([...allHarmed.map(answeredAt), ...faults]);
  const since = (moment: Moment | undefined) =>
    firstHarm === undefined || moment === undefined ? undefined : moment - firstHarm;
  return {
    requests: requests.length,
    byOld: byOld.length,
    byNew: byNew.length,
    failed: requests.filter(failed).length,
    failedOtherwise: requests.filter((request) => failed(request) && !allHarmed.includes(request)).length,
    harmed: allHarmed.length,
    faults: releases.reduce((sum, { faults: met }) => sum + met.length, 0),
    firstHarm,
    // Histories tell whole seconds: an alarm of the same second may seem to come first.
    toDetect: notNegative(since(least(defined(releases.map(firstAlarm))))),
    toRestore: since(greatest(defined(releases.map(restoredAt)))),
    exposed: since(greatest([...byNew.map(answeredAt), ...faults])),
    ...withinWindow(drill, observation, allHarmed, firstHarm),
    // Before the release the first requests meet cold starts.
    p99Old: percentile99(byOld.filter(({ sentAt }) => sentAt >= observation.releasedFrom)),
    p99New: percentile99(byNew),
  };
}

function withinWindow(
  { breachingPeriods }: Drill,
  { requests, weight, alarmPeriodSeconds }: Observation,
  allHarmed: readonly AnsweredRequest[],
  firstHarm: Moment | undefined,
) {
  // A failure may be the last of a period that counts for nothing: hence one more.
  const allowedExposure = (breachingPeriods + 1) * alarmPeriodSeconds * 1_000 + GRACE_MS;
  const within = (request: AnsweredRequest) =>
    firstHarm !== undefined &&
    answeredAt(request) >= firstHarm &&
    answeredAt(request) <= firstHarm + allowedExposure;
  const inWindow = requests.filter(within).length;
  const sigma = inWindow === 0 ? 0 : Math.sqrt((weight * (1 - weight)) / inWindow);
  return {
    allowedExposure,
    inWindow,
    harmedShare: inWindow === 0 ? 0 : allHarmed.filter(within).length / inWindow,
    allowedShare: weight + 3 * sigma,
  };
}

/** An alarm's name ends with the number of the version that it is about. */
export const firstAlarm = ({ alarms, newVersion }: FunctionRelease): Moment | undefined =>
  least(alarms.filter(({ name }) => name.endsWith(`-${newVersion}`)).map(({ at }) => at));

/** When the alias was first seen to send somebody to the new version. */
export const sharedAt = ({ aliasStates }: FunctionRelease): Moment | undefined =>
  aliasStates.find(({ weights }) => Object.keys(weights).length > 0)?.at;

/** When the alias was first seen to send nobody to the new version any more. */
export function restoredAt(release: FunctionRelease): Moment | undefined {
  const shared = sharedAt(release);
  if (shared === undefined) return undefined;
  return release.aliasStates.find(
    ({ at, version, weights }) =>
      at > shared && version === release.oldVersion && Object.keys(weights).length === 0,
  )?.at;
}

function percentile99(requests: readonly AnsweredRequest[]): number | undefined {
  const sorted = requests.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1];
}

const defined = (values: readonly (Moment | undefined)[]) => values.filter((value) => value !== undefined);
const notNegative = (span: number | undefined) => (span === undefined ? undefined : Math.max(0, span));
const least = (values: readonly number[]) => (values.length === 0 ? undefined : Math.min(...values));
const greatest = (values: readonly number[]) => (values.length === 0 ? undefined : Math.max(...values));
