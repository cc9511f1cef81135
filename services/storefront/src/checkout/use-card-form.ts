import type { Money } from '@shipline/contracts';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useShop } from '../shop.js';
import { appearance } from './appearance.js';
import {
  type Gateway,
  type GatewayElements,
  type GatewayError,
  loadGateway,
  type PaymentElement,
} from './gateway.js';

export type CardFormStatus = 'loading' | 'ready' | 'failed';

/** The gateway refused what was typed; `message` is its own sentence for the customer. */
export class CardRefused extends Error {
  override readonly name = 'CardRefused';
  constructor({ message }: GatewayError) {
    super(message ?? 'The card details were not accepted. Check them and try again.');
  }
}

export interface CardForm {
  readonly status: CardFormStatus;
  readonly error: unknown;
  readonly retry: () => void;
  readonly target: RefObject<HTMLDivElement | null>;
  /**
   * Exchanges what was typed for a payment method's id; the card number goes to the gateway only.
   * @throws {CardRefused} with a sentence of the gateway
   */
  readonly tokenise: () => Promise<string>;
}

interface Mounted {
  readonly gateway: Gateway;
  readonly elements: GatewayElements;
  readonly element: PaymentElement;
}

/** Puts the gateway's own card form into `target` and keeps its amount in step with the total. */
export function useCardForm(total: Money): CardForm {
  const { gateway: settings } = useShop().config;
  const target = useRef<HTMLDivElement>(null);
  const mounted = useRef<Mounted | undefined>(undefined);
  const [status, setStatus] = useState<CardFormStatus>('loading');
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const price = useRef(total);
  price.current = total;

  // `attempt` is the wish to load again
  useEffect(() => {
    const stop = new AbortController();
    const whileHere = (run: () => void) => !stop.signal.aborted && run();
    setStatus('loading');
    const onReady = () => whileHere(() => setStatus('ready'));
    const onFailure = (reason: unknown) =>
      whileHere(() => {
        setError(reason);
        setStatus('failed');
      });
    loadGateway(settings).then((gateway) => {
      if (!stop.signal.aborted && target.current)
        mounted.current = mount(gateway, target.current, price.current, { onReady, onFailure });
    }, onFailure);
    return () => {
      stop.abort();
      mounted.current?.element.destroy();
      mounted.current = undefined;
    };
  }, [settings, attempt]);

  useEffect(() => {
    mounted.current?.elements.update({ amount: total.amount, currency: total.currency.toLowerCase() });
  }, [total.amount, total.currency]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  const tokenise = useCallback(() => tokeniseWith(mounted.current), []);
  return { status, error, retry, target, tokenise };
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

function mount(
  gateway: Gateway,
  target: HTMLElement,
  total: Money,
  { onReady, onFailure }: MountEvents,
): Mounted {
  const elements = gateway.elements(elementsOptions(total));
  const element = elements.create('payment', { layout: 'tabs' });
  element.on('ready', onReady);
  element.on('loaderror', ({ error }) => onFailure(new CardRefused(error)));
  element.mount(target);
  return { gateway, elements, element };
}

async function tokeniseWith(mounted: Mounted | undefined): Promise<string> {
  if (!mounted) throw new Error('The card form is not on the page');
  const { gateway, elements } = mounted;
  const submitted = await elements.submit();
  if (submitted.error) throw new CardRefused(submitted.error);
  const { paymentMethod, error } = await gateway.createPaymentMethod({ elements });
  if (error || !paymentMethod) throw new CardRefused(error ?? { type: 'api_error' });
  return paymentMethod.id;
}
