import type { GuestToken } from '../domain/owner.js';

/** A new secret with each call, that nobody can guess. */
export type GuestTokens = () => GuestToken;
