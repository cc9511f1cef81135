import { randomBytes } from 'node:crypto';
import type { GuestTokens } from '../ports/guest-tokens.js';

/** 256 bits, as the contract has it. */
export const randomGuestTokens: GuestTokens = () => `gct_${randomBytes(32).toString('base64url')}`;
