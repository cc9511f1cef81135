import type { Cart } from './cart.js';

/** A guest's cart lives this long after its last change. */
export const GUEST_CART_DAYS = 7;

/** In whole seconds, as the store's clock has it. */
export function keptUntil(now: Date): Date {
  const seconds = Math.floor(now.getTime() / 1000) + GUEST_CART_DAYS * 24 * 60 * 60;
  return new Date(seconds * 1000);
}

/** The store deletes late, up to days: until then an expired cart is there, and counts as gone. */
export const hasExpired = ({ expiresAt }: Cart, now: Date): boolean =>
  expiresAt !== undefined && expiresAt.getTime() <= now.getTime();

/** Written when it is opened, so that a token which nobody was given opens nothing. */
export const newGuestCart = (now: Date): Cart => ({ version: 1, lines: [], expiresAt: keptUntil(now) });
