import type { Money } from '@shipline/contracts';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useShop } from '../shop.js';
import { loadGateway } from './gateway.js';
import { type MountedCardForm, mountCardForm, tokeniseWith } from './mounted-card-form.js';

export type CardFormStatus = 'loading' | 'ready' | 'failed';

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

/** Puts the gateway's own card form into `target` and keeps its amount in step with the total. */
export function useCardForm(total: Money): CardForm {
  const { gateway: settings } = useShop().config;
  const target = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedCardForm | undefined>(undefined);
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
        mounted.current = mountCardForm(gateway, target.current, price.current, { onReady, onFailure });
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
