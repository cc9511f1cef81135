import { randomBytes } from 'node:crypto';

/** A trace id of ours: when the trace began, and 96 random bits. */
export const newTraceId = (): string => {
  const seconds = Math.floor(Date.now() / 1000);
  return `1-${seconds.toString(16).padStart(8, '0')}-${randomBytes(12).toString('hex')}`;
};
