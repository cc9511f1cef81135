import type { Reply } from './reply.js';

export interface KeyClaim {
  readonly key: string;
  /** Of the request: its method, path and parameters. */
  readonly fingerprint: string;
  /** Names this execution. */
  readonly lease: string;
  readonly now: Date;
}

export type ClaimOutcome =
  | { readonly state: 'claimed' }
  | { readonly state: 'done'; readonly reply: Reply }
  /** Another execution with this key has not ended yet. */
  | { readonly state: 'in_use' }
  /** The key belongs to another request. */
  | { readonly state: 'mismatch' };

/** Keys live for 24 hours. One whose execution died is free again after its lease. */
export interface IdempotencyKeys {
  claim(claim: KeyClaim): Promise<ClaimOutcome>;
  /** Forgets a claim whose request did nothing. */
  release(key: string, lease: string): Promise<void>;
}

/** Longer than any execution can take. */
export const LEASE_SECONDS = 35;
export const KEY_LIFE_SECONDS = 24 * 3600;
