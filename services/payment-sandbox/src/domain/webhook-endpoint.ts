import type { EventType } from './gateway-event.js';

export interface WebhookEndpoint {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  readonly url: string;
  readonly enabledEvents: readonly (EventType | '*' | (string & {}))[];
  /** `whsec_…`; told at creation only. */
  readonly secret: string;
  readonly description?: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Stripe's limit per account. */
export const MAX_ENDPOINTS = 16;

export const wants = ({ enabledEvents }: WebhookEndpoint, type: EventType): boolean =>
  enabledEvents.includes('*') || enabledEvents.includes(type);
