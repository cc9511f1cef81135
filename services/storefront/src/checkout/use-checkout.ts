import type { Cart, ShippingAddress } from '@shipline/contracts';
import { ApiProblem } from '@shipline/contracts/client';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCart } from '../cart/cart-provider.js';
import type { Customer } from '../session/auth.js';
import { useSession } from '../session/session-provider.js';
import { useShop } from '../shop.js';
import { type Attempt, attemptsIn, fingerprintOf } from './attempt.js';
import { type PlacingOutcome, placeOrder } from './place-order.js';

/**
 * `settling`: an order was sent before and its outcome is being asked for; nothing else can be bought until it
 * is known. `stuck`: it could not be asked for.
 */
export type CheckoutPhase = 'editing' | 'paying' | 'settling' | 'stuck';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Refusals after which the cart has to be looked at again: what the customer saw is no longer so. */
const staleCart = new Set(['PRICE_CHANGED', 'SOLD_OUT', 'UNKNOWN_SKU']);

/** The phase, and a guard that lets one thing happen at a time, however often a button is pressed. */
function usePhase(first: CheckoutPhase) {
  const [phase, setPhase] = useState(first);
  const [error, setError] = useState<unknown>();
  const inFlight = useRef(false);
  const alone = useCallback(async (during: CheckoutPhase, run: () => Promise<void>) => {
    if (inFlight.current) return;
    inFlight.current = true;
    setError(undefined);
    setPhase(during);
    try {
      await run();
    } catch (reason) {
      setError(reason);
      setPhase('editing');
    } finally {
      inFlight.current = false;
    }
  }, []);
  return { phase, error, setPhase, setError, alone };
}

type Phase = ReturnType<typeof usePhase>;

/** What follows from an outcome: the order's page, or a sentence and, where need be, a fresh cart. */
function useSettle({ setPhase, setError }: Pick<Phase, 'setPhase' | 'setError'>) {
  const { reload } = useCart();
  const { expire } = useSession();
  const navigate = useNavigate();

  return useCallback(
    async (outcome: PlacingOutcome) => {
      if ('placed' in outcome) return navigate(`/orders/${outcome.placed}`, { replace: true });
      const reason = 'refused' in outcome ? outcome.refused : outcome.unknown;
      setError(reason);
      setPhase('refused' in outcome ? 'editing' : 'stuck');
      if (!(reason instanceof ApiProblem)) return;
      if (reason.status === 401) expire();
      if (staleCart.has(reason.code)) await reload();
    },
    [navigate, expire, reload, setPhase, setError],
  );
}

/** Everything about pressing Pay; the page shows its phase. */
export function useCheckout(customer: Customer) {
  const { client } = useShop();
  const attempts = useMemo(() => attemptsIn(sessionStorage, () => crypto.randomUUID()), []);
  const { phase, error, setPhase, setError, alone } = usePhase(
    attempts.unsettled(customer.id) ? 'settling' : 'editing',
  );
  const settle = useSettle({ setPhase, setError });
  const send = useCallback(
    async (attempt: Attempt, request: NonNullable<Attempt['request']>) =>
      settle(await placeOrder({ client, attempts, sleep }, attempt, request)),
    [client, attempts, settle],
  );

  const askAgain = useCallback(() => {
    const unsettled = attempts.unsettled(customer.id);
    return unsettled ? alone('settling', () => send(unsettled, unsettled.request)) : setPhase('editing');
  }, [attempts, customer.id, alone, send, setPhase]);

  const pay = useCallback(
    (cart: Cart, shippingAddress: ShippingAddress, tokenise: () => Promise<string>) =>
      alone('paying', async () => {
        const attempt = attempts.current(customer.id, fingerprintOf(cart));
        const paymentMethodId = await tokenise();
        await send(attempt, {
          lines: cart.lines.map(({ sku, quantity }) => ({ sku, quantity })),
          expectedTotal: cart.total,
          paymentMethodId,
          shippingAddress,
          cartVersion: cart.version,
        });
      }),
    [attempts, customer.id, alone, send],
  );

  // A page that was reloaded while it paid asks what became of it, with the very same request.
  useEffect(() => {
    if (attempts.unsettled(customer.id)) void askAgain();
  }, [attempts, customer.id, askAgain]);

  return { phase, error, pay, askAgain };
}
