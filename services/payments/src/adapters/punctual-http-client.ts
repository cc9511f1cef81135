import { OutOfTime, timeForCalls } from '@shipline/lambda-kit/deadline';
import Stripe from 'stripe';

/** Kept after a call for the ledger: one slow write of what became of it, or that nobody knows. */
const TIME_TO_WRITE_MS = 3_000;
/** A call that gets less than this is more likely to leave a doubt than an answer. */
const LEAST_TIME_MS = 2_000;

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>;

/**
 * The SDK's own HTTP client, in the time that the invocation has: a task may make three calls, and three times 8 s are
 * more than its 20 s. A late call gets a shorter time-out, or is not made; both end as an unknown outcome, which the
 * next attempt looks up.
 */
export function punctualHttpClient(inner: HttpClient = Stripe.createNodeHttpClient()): HttpClient {
  return {
    getClientName: () => inner.getClientName(),
    async makeRequest(...[host, port, path, method, headers, data, protocol, timeout]) {
      const left = timeForCalls() - TIME_TO_WRITE_MS;
      if (left < LEAST_TIME_MS) throw new OutOfTime('No time is left to call the gateway');
      return inner.makeRequest(host, port, path, method, headers, data, protocol, Math.min(timeout, left));
    },
  };
}
