import { NodeHttpHandler } from '@smithy/node-http-handler';
import { OutOfTime, timeForCalls } from './deadline.js';

const CONNECTION_TIMEOUT_MS = 1_000;

type Handle = NodeHttpHandler['handle'];

/**
 * Settings of every AWS client: the SDK's own wait for ever. A call that takes longer is better tried again. Attempts
 * end with the invocation that makes them: the last one gets the time that is left, and none begins that may not
 * even connect in it.
 */
export const clientDefaults = ({ requestTimeout = 3_000 }: { requestTimeout?: number } = {}) => ({
  maxAttempts: 3,
  requestHandler: new PunctualHttpHandler(requestTimeout),
});

class PunctualHttpHandler extends NodeHttpHandler {
  readonly #requestTimeout: number;

  constructor(requestTimeout: number) {
    super({ connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout, throwOnRequestTimeout: true });
    this.#requestTimeout = requestTimeout;
  }

  /** @throws {OutOfTime} which the SDK does not try again */
  override async handle(request: Parameters<Handle>[0], options: Parameters<Handle>[1] = {}) {
    const left = timeForCalls();
    if (left < CONNECTION_TIMEOUT_MS) throw new OutOfTime(`No time is left to call ${request.hostname}`);
    return super.handle(request, { ...options, requestTimeout: Math.min(this.#requestTimeout, left) });
  }
}
