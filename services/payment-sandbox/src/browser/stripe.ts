import { PaymentElement } from './payment-element.js';
import type { Appearance, GatewayError } from './protocol.js';

/**
 * The sandbox's answer to https://js.stripe.com: the part of Stripe.js that a shop needs for a deferred intent
 * with cards, under the same names. Served as `GET /v1/stripe.js`; the frame comes from beside it.
 */
const script = document.currentScript;
if (!(script instanceof HTMLScriptElement)) throw new Error('stripe.js must be loaded by a script element');
const frameUrl = new URL('card-frame', script.src);

interface ElementsOptions {
  readonly mode: 'payment';
  readonly amount: number;
  readonly currency: string;
  readonly appearance?: Appearance;
}

class Elements {
  #element: PaymentElement | undefined;

  constructor(
    readonly publishableKey: string,
    readonly options: ElementsOptions,
  ) {
    if (options.mode !== 'payment') throw new Error('elements() needs the mode "payment"');
    if (!Number.isInteger(options.amount) || options.amount < 1)
      throw new Error('elements() needs the amount in the currency’s smallest unit');
    if (!/^[a-z]{3}$/.test(options.currency)) throw new Error('elements() needs a lower-case currency');
  }

  create(type: 'payment'): PaymentElement {
    if (type !== 'payment') throw new Error(`The sandbox has no element "${String(type)}"`);
    if (this.#element) throw new Error('There can be only one payment element');
    const { publishableKey } = this;
    this.#element = new PaymentElement({
      frameUrl,
      publishableKey,
      appearance: this.options.appearance ?? {},
    });
    return this.#element;
  }

  getElement(type: 'payment'): PaymentElement | null {
    return type === 'payment' ? (this.#element ?? null) : null;
  }

  /** The form shows no amount, so that a changed one changes nothing here. */
  update(_: Partial<ElementsOptions>): void {}

  async submit(): Promise<{ error?: GatewayError }> {
    if (!this.#element) return { error: missing };
    const { error } = await this.#element.ask('validate');
    return error ? { error } : {};
  }
}

const missing: GatewayError = {
  type: 'invalid_request_error',
  message: 'The payment element is not on the page.',
};

const factory = (publishableKey: string) => {
  if (!publishableKey.startsWith('pk_')) throw new Error('Stripe() needs a publishable key, pk_…');
  return {
    elements: (options: ElementsOptions) => new Elements(publishableKey, options),
    createPaymentMethod: async ({ elements }: { elements: Elements }) => {
      const element = elements.getElement('payment');
      if (!element) return { error: missing };
      const { error, paymentMethod } = await element.ask('create-payment-method');
      return error ? { error } : { paymentMethod };
    },
  };
};

Object.assign(globalThis, { Stripe: factory });
