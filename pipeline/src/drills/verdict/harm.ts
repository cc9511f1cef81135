import type { Drill } from '../drill.js';
import type { AnsweredRequest, FunctionRelease, Moment, Observation } from '../observation.js';

/** The traffic only asks for what is there: every other status is a failure. */
export const failed = ({ status }: AnsweredRequest): boolean => status !== 200;

export const answeredAt = ({ sentAt, latencyMs }: AnsweredRequest): Moment => sentAt + latencyMs;

/** What the requests ask, so that its versions are those that answer them. */
const ASKED = 'catalog/api';

/** The release that the requests may meet; there is none where another function is released. */
export const askedRelease = ({ releases }: Pick<Observation, 'releases'>): FunctionRelease | undefined =>
  releases.find((release) => release.function === ASKED);

export const metNew = (request: AnsweredRequest, release: FunctionRelease | undefined): boolean =>
  request.version !== undefined && request.version === release?.newVersion;

/** Whether a request suffered from the release. A failure that no log explains counts as the release's. */
export function harmed(
  { harm }: Pick<Drill, 'harm'>,
  observation: Pick<Observation, 'lateMs' | 'releases'>,
  request: AnsweredRequest,
): boolean {
  const met = metNew(request, askedRelease(observation));
  if (failed(request)) return met || request.version === undefined;
  if (!met || harm === 'fails') return false;
  return harm === 'misled' || request.latencyMs >= observation.lateMs;
}
