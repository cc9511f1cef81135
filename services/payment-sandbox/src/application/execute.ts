import type { Clock } from '@shipline/lambda-kit/clock';
import type { IdSource } from '@shipline/lambda-kit/ids';
import type { FaultRule, Operation } from '../domain/fault.js';
import { GatewayError } from '../domain/gateway-error.js';
import type { GatewayEvent, Happening } from '../domain/gateway-event.js';
import { seconds } from '../domain/payment-method.js';
import type { GatewayStore } from '../ports/gateway-store.js';
import type { IdempotencyKeys } from '../ports/idempotency-keys.js';
import type { Reply } from '../ports/reply.js';
import type { Sleep } from '../ports/timing.js';
import type { Decide, Decision } from './decision.js';
import type { Strike } from './strike.js';

export interface Command<T> {
  /** Faults can be switched on for it; without it there are none. */
  readonly operation?: Operation | undefined;
  readonly requestId: string;
  readonly idempotencyKey?: string | undefined;
  /** Of method, path and parameters; without anything from which a card number could be guessed. */
  readonly fingerprint: string;
  readonly decide: Decide<T>;
  readonly render: (result: T) => Reply;
}

export interface Executed extends Reply {
  /** It is the stored reply of an earlier request with this key. */
  readonly replayed: boolean;
}

/** @throws {GatewayError} where nothing was executed: a key in use, or too much contention. */
export type Execute = <T>(command: Command<T>) => Promise<Executed>;

export interface Execution {
  readonly store: GatewayStore;
  readonly keys: IdempotencyKeys;
  readonly strike: Strike;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly sleep: Sleep;
  /** The wire of refusals, of the 500 that a fault answers, and of API Gateway's own time-out. */
  readonly replies: { refusal(error: GatewayError): Reply; broken(): Reply; timedOut(): Reply };
}

const ATTEMPTS = 8;
const NOTHING = { writes: [], happened: [] } as const;

/** Runs a request that changes something exactly once per idempotency key, with the fault that is due. */
export const makeExecute = (execution: Execution): Execute => {
  const { sleep, replies } = execution;
  return async (command) => {
    const { reply, rule } = await once(execution, command, true);
    switch (rule?.kind) {
      case 'slow':
        await sleep(rule.delayMs);
        return reply;
      case 'lost':
        await sleep(rule.delayMs);
        return { ...replies.timedOut(), replayed: false };
      case 'duplicate':
        return (await once(execution, command, false)).reply;
      default:
        return reply;
    }
  };
};

interface Ran {
  readonly reply: Executed;
  readonly rule?: FaultRule | undefined;
}

async function once<T>(execution: Execution, command: Command<T>, withFaults: boolean): Promise<Ran> {
  const { keys, ids, clock } = execution;
  const { idempotencyKey: key, fingerprint } = command;
  if (key === undefined) return attempts(execution, command, withFaults);
  const lease = ids('lease');
  const claim = await keys.claim({ key, fingerprint, lease, now: clock() });
  if (claim.state === 'done') return { reply: { ...claim.reply, replayed: true } };
  if (claim.state !== 'claimed') throw refusedKey(claim.state, key);
  try {
    return await attempts(execution, command, withFaults, lease);
  } catch (error) {
    // Nothing was written. After any other error nobody knows: the lease runs out.
    if (error instanceof GatewayError && error.code === 'lock_timeout') await keys.release(key, lease);
    throw error;
  }
}

async function attempts<T>(
  execution: Execution,
  command: Command<T>,
  withFaults: boolean,
  lease?: string,
): Promise<Ran> {
  const { store, strike, sleep, replies } = execution;
  const { operation, idempotencyKey: key } = command;
  let rule: FaultRule | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    let decision = await decided(command, rule);
    if (attempt === 0 && withFaults && operation && decision.subject) {
      rule = await strike(operation, decision.subject);
      if (rule?.kind === 'fail') decision = await decided(command, rule);
    }
    const { writes, happened } = rule?.kind === 'error' ? NOTHING : decision;
    const reply = rule?.kind === 'error' ? replies.broken() : replyTo(execution, command, decision);
    const outcome = await store.commit({
      writes,
      events: happened.map((happening) => eventOf(happening, execution, command)),
      ...(key !== undefined && lease !== undefined && { completes: { key, lease, reply } }),
    });
    if (outcome === 'committed') return { reply: { ...reply, replayed: false }, rule };
    if (outcome === 'lease_lost' && key !== undefined) throw refusedKey('in_use', key);
    await sleep(5 * 2 ** attempt);
  }
  throw new GatewayError('lock_timeout', {
    message:
      'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.',
  });
}

type Decided<T> = Omit<Decision<T>, 'result'> & { readonly result?: T };

/** A refusal that is thrown changes nothing, and is a reply like any other. */
async function decided<T>({ decide }: Command<T>, rule: FaultRule | undefined): Promise<Decided<T>> {
  try {
    return await decide(rule?.kind);
  } catch (error) {
    if (error instanceof GatewayError) return { ...NOTHING, refusal: error };
    throw error;
  }
}

const replyTo = <T>(
  { replies }: Execution,
  { render }: Command<T>,
  { refusal, result }: Decided<T>,
): Reply => (refusal ? replies.refusal(refusal) : render(result as T));

const eventOf = (
  happening: Happening,
  { ids, clock }: Execution,
  { requestId, idempotencyKey }: { requestId: string; idempotencyKey?: string | undefined },
): GatewayEvent => ({ ...happening, id: ids('evt'), created: seconds(clock()), requestId, idempotencyKey });

function refusedKey(state: 'in_use' | 'mismatch', key: string): GatewayError {
  if (state === 'in_use')
    return new GatewayError('idempotency_key_in_use', {
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    });
  return new GatewayError('idempotency_mismatch', {
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}
