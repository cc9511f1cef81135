import type { Drill } from '../drill.js';
import type { AnsweredRequest, Moment, Observation } from '../observation.js';

/** The traffic only asks for what is there: every other status is a failure. */
export const failed = ({ status }: AnsweredRequest): boolean => status !== 200;

export const answeredAt = ({ sentAt, latencyMs }: AnsweredRequest): Moment => sentAt + latencyMs;

/** Whether a request suffered from the release. A failure that no log explains counts as the release's. */
export function harmed(
  { harm }: Pick<Drill, 'harm'>,
  { lateMs, releases }: Pick<Observation, 'lateMs' | 'releases'>,
  request: AnsweredRequest,
): boolean {
  const met = request.version !== undefined && request.version === releases[0]?.newVersion;
  if (failed(request)) return met || request.version === undefined;
  if (!met || harm === 'fails') return false;
  return harm === 'misled' || request.latencyMs >= lateMs;
}
