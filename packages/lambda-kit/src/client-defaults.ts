/**
 * Settings of every AWS client: the SDK's own wait for ever. A call that takes longer is better tried again, and
 * all attempts together stay below a function's own time-out.
 */
export const clientDefaults = ({ requestTimeout = 3_000 }: { requestTimeout?: number } = {}) => ({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true },
});
