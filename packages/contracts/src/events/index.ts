import * as orderEvents from './order-events.js';
import * as paymentEvents from './payment-events.js';

export { type Envelope, type EventDefinition, envelope, envelopeOf } from './envelope.js';
export * from './order-events.js';
export * from './payment-events.js';

/** Every event of the shop. */
export const events = [...Object.values(orderEvents), ...Object.values(paymentEvents)] as const;
