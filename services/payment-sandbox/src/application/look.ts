import type { FaultSubject, Operation } from '../domain/fault.js';
import type { Reply } from '../ports/reply.js';
import type { Sleep } from '../ports/timing.js';
import type { Strike } from './strike.js';

export interface Looking<T> {
  readonly operation: Operation;
  readonly find: () => Promise<{ readonly result: T; readonly subject: FaultSubject }>;
  readonly render: (result: T) => Reply;
}

export type Look = <T>(looking: Looking<T>) => Promise<Reply>;

interface Dependencies {
  readonly strike: Strike;
  readonly sleep: Sleep;
  readonly replies: { broken(): Reply; timedOut(): Reply };
}

/** Answers a request that changes nothing, with the fault that is due. */
export const makeLook =
  ({ strike, sleep, replies }: Dependencies): Look =>
  async ({ operation, find, render }) => {
    const { result, subject } = await find();
    const rule = await strike(operation, subject);
    if (rule?.kind === 'error') return replies.broken();
    if (rule) await sleep(rule.delayMs);
    return rule?.kind === 'lost' ? replies.timedOut() : render(result);
  };
