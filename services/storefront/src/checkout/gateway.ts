import type { RuntimeConfig } from '../config.js';

/**
 * The part of Stripe.js that the shop uses, as Stripe documents it (deferred intent: the form is shown before
 * any payment exists, and the server makes the payment with the `pm_…` id). Stripe's own script and the
 * sandbox's answer to it alike.
 */
export interface GatewayError {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
}

export interface PaymentElement {
  mount(target: HTMLElement): void;
  destroy(): void;
  on(event: 'ready', handler: () => void): unknown;
  on(event: 'loaderror', handler: (event: { error: GatewayError }) => void): unknown;
  on(event: 'change', handler: (event: { complete: boolean }) => void): unknown;
  focus(): void;
}

export interface GatewayElements {
  create(type: 'payment', options?: { layout?: 'tabs' | 'accordion' }): PaymentElement;
  update(options: { amount: number; currency: string }): void;
  submit(): Promise<{ error?: GatewayError }>;
}

export interface Gateway {
  elements(options: {
    mode: 'payment';
    amount: number;
    currency: string;
    captureMethod: 'manual';
    paymentMethodCreation: 'manual';
    paymentMethodTypes: readonly ['card'];
    appearance?: { theme?: 'stripe'; variables?: Readonly<Record<string, string>> };
  }): GatewayElements;
  createPaymentMethod(input: { elements: GatewayElements }): Promise<{
    paymentMethod?: { readonly id: string };
    error?: GatewayError;
  }>;
}

type GatewayFactory = (publishableKey: string) => Gateway;

/** The script puts its factory here; that is the card company's interface, not ours. */
const published = () => (globalThis as { Stripe?: GatewayFactory }).Stripe;

/** Loads the card company's script from its own origin, once; a failure may be tried again. */
export async function loadGateway({ scriptUrl, publishableKey }: RuntimeConfig['gateway']): Promise<Gateway> {
  if (!published()) await loadScript(scriptUrl);
  const factory = published();
  if (!factory) throw new Error('The card form’s script came without its interface');
  return factory(publishableKey);
}

function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      // The same type as fetch's, so that people read the same sentence about their connection.
      reject(new TypeError('The card form’s script cannot be reached'));
    });
    document.head.append(script);
  });
}
