import type { Behaviour, Brand } from './test-cards.js';

/** All that is kept of a card. */
export interface PaymentMethod {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  readonly brand: Brand;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
  readonly behaviour: Behaviour;
  /** The ready payment method that it was made of, for example `pm_card_visa`. */
  readonly ready?: string | undefined;
}

/** Unix seconds, as all times on Stripe's wire. */
export const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
