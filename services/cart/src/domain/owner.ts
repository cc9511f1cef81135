import type { GuestCartToken } from '@shipline/contracts';
import type * as z from 'zod/mini';

export type GuestToken = z.infer<typeof GuestCartToken>;

/** Whose cart it is: a customer's, by the verified `sub`, or that of whoever holds the guest's token. */
export type Owner = { readonly customerId: string } | { readonly guestToken: GuestToken };

export const isGuest = (owner: Owner): owner is { readonly guestToken: GuestToken } => 'guestToken' in owner;
