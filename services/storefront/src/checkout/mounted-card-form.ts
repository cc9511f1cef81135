import type { Money } from '@shipline/contracts';
import { appearance } from './appearance.js';
import type { Gateway, GatewayElements, GatewayError, PaymentElement } from './gateway.js';

/** The gateway refused what was typed; `message` is its own sentence for the customer. */
export class CardRefused extends Error {
  override readonly name = 'CardRefused';
  constructor({ message }: GatewayError) {
    super(message ?? 'The card details were not accepted. Check them and try again.');
  }
}

/** The gateway's own card form, on the page. */
export interface MountedCardForm {
  readonly gateway: Gateway;
  readonly elements: GatewayElements;
  readonly element: PaymentElement;
}

const elementsOptions = ({ amount, currency }: Money) =>
  ({
    mode: 'payment',
    amount,
    currency: currency.toLowerCase(),
    captureMethod: 'manual',
    paymentMethodCreation: 'manual',
    paymentMethodTypes: ['card'],
    appearance: appearance(),
  }) as const;

interface MountEvents {
  readonly onReady: () => void;
  readonly onFailure: (reason: unknown) => void;
}

export function mountCardForm(
  gateway: Gateway,
  target: HTMLElement,
  total: Money,
  { onReady, onFailure }: MountEvents,
): MountedCardForm {
  const elements = gateway.elements(elementsOptions(total));
  const element = elements.create('payment', { layout: 'tabs' });
  element.on('ready', onReady);
  element.on('loaderror', ({ error }) => onFailure(new CardRefused(error)));
  element.mount(target);
  return { gateway, elements, element };
}

/** @throws {CardRefused} with a sentence of the gateway. */
export async function tokeniseWith(mounted: MountedCardForm | undefined): Promise<string> {
  if (!mounted) throw new Error('The card form is not on the page');
  const { gateway, elements } = mounted;
  const submitted = await elements.submit();
  if (submitted.error) throw new CardRefused(submitted.error);
  const { paymentMethod, error } = await gateway.createPaymentMethod({ elements });
  if (error || !paymentMethod) throw new CardRefused(error ?? { type: 'api_error' });
  return paymentMethod.id;
}
