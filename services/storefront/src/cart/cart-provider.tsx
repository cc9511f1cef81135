import type { Cart } from '@shipline/contracts';
import { ApiProblem } from '@shipline/contracts/client';
import {
  createContext,
  type Dispatch,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
} from 'react';
import { useSession } from '../session/session-provider.js';
import { useShop } from '../shop.js';
import { customerCart, guestCart, mergeGuestCart } from './cart-api.js';
import { type CartAction, type CartState, countOf, emptyCart, reduceCart } from './cart-reducer.js';
import { latestWins } from './latest-wins.js';
import { loadSeen, saveSeen } from './seen-prices.js';

interface CartContextValue {
  readonly state: CartState;
  readonly count: number;
  /** Sets how many of a product are in the cart; 0 takes it out. Resolves to whether the server took it. */
  readonly set: (sku: string, quantity: number) => Promise<boolean>;
  readonly reload: () => Promise<Cart | undefined>;
  readonly dismiss: (sku: string) => void;
}

const CartContext = createContext<CartContextValue | undefined>(undefined);

export function CartProvider({ children }: { children: ReactNode }) {
  const { state: session } = useSession();
  const [state, dispatch] = useReducer(reduceCart, undefined, () => emptyCart(loadSeen(localStorage)));
  const { reload, set } = useCartCalls(dispatch);

  const before = useRef(session.status);
  useEffect(() => {
    if (session.status === 'restoring') return;
    dispatch({ type: before.current === 'signed-in' && session.status === 'guest' ? 'left' : 'loading' });
    before.current = session.status;
    void reload();
  }, [session.status, reload]);
  useEffect(() => saveSeen(localStorage, state.seen), [state.seen]);

  const dismiss = useCallback((sku: string) => dispatch({ type: 'dismissed', sku }), []);
  const value = useMemo(
    () => ({ state, count: countOf(state), set, reload, dismiss }),
    [state, set, reload, dismiss],
  );
  return <CartContext value={value}>{children}</CartContext>;
}

/** The calls to the server, for whoever is here: a guest or a customer. Every answer goes to the reducer. */
function useCartCalls(send: Dispatch<CartAction>) {
  const { client } = useShop();
  const { state: session, expire } = useSession();
  const customer = session.status === 'signed-in' ? session.customer.id : undefined;
  const queue = useRef(latestWins());
  const owner = useRef(customer);
  owner.current = customer;
  /** What the server answers a customer after the sign-out is for nobody who sits here now. */
  const dispatch = useCallback(
    (action: CartAction) => {
      if (customer === undefined || owner.current === customer) send(action);
    },
    [customer, send],
  );
  const api = useMemo(
    () => (customer === undefined ? guestCart(client, localStorage) : customerCart(client)),
    [client, customer],
  );

  const reload = useCallback(async () => {
    try {
      const merged =
        customer === undefined ? undefined : await mergeGuestCart(client, localStorage).catch(nothing);
      const cart = merged ?? (await api.read());
      dispatch({ type: 'received', cart });
      return cart;
    } catch (error) {
      if (isExpired(error)) expire();
      dispatch({ type: 'failed', error });
      return undefined;
    }
  }, [api, client, customer, expire, dispatch]);

  const set = useCallback(
    async (sku: string, quantity: number) => {
      let taken = true;
      dispatch({ type: 'wanted', sku, quantity });
      await queue.current(sku, async () => {
        try {
          dispatch({ type: 'received', cart: await api.set(sku, quantity), answers: sku });
        } catch (error) {
          taken = false;
          if (isExpired(error)) expire();
          dispatch({ type: 'refused', sku, error });
        }
      });
      return taken;
    },
    [api, expire, dispatch],
  );
  return { reload, set };
}

const isExpired = (error: unknown) => error instanceof ApiProblem && error.status === 401;
const nothing = () => undefined;

export function useCart(): CartContextValue {
  const cart = useContext(CartContext);
  if (!cart) throw new Error('useCart needs a CartProvider above it');
  return cart;
}
