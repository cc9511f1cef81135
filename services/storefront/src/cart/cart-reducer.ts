import { type Cart, type Money, sameMoney } from '@shipline/contracts';

/** Something about the cart that the customer should know; it stays until it is put away. */
export type CartNotice =
  | {
      readonly kind: 'price-changed';
      readonly sku: string;
      readonly name: string;
      readonly from: Money;
      readonly to: Money;
    }
  | { readonly kind: 'no-longer-sold'; readonly sku: string; readonly name?: string };

/** What the customer last saw of a product in the cart. */
export type SeenPrices = Readonly<Record<string, { readonly name: string; readonly unitPrice: Money }>>;

export interface CartState {
  readonly status: 'loading' | 'ready' | 'failed';
  /** Absent until something was put in. */
  readonly cart?: Cart;
  readonly error?: unknown;
  /** Quantities that the customer asked for and the server has not answered yet. */
  readonly wanted: Readonly<Record<string, number>>;
  readonly notices: readonly CartNotice[];
  readonly seen: SeenPrices;
}

export type CartAction =
  | { readonly type: 'loading' }
  /** The customer signed out: nothing of that cart is for whoever sits here now. */
  | { readonly type: 'left' }
  | { readonly type: 'received'; readonly cart: Cart | undefined; readonly answers?: string }
  | { readonly type: 'wanted'; readonly sku: string; readonly quantity: number }
  | { readonly type: 'refused'; readonly sku: string; readonly error: unknown }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'dismissed'; readonly sku: string };

export const emptyCart = (seen: SeenPrices = {}): CartState => ({
  status: 'loading',
  wanted: {},
  notices: [],
  seen,
});

export function reduceCart(state: CartState, action: CartAction): CartState {
  switch (action.type) {
    case 'loading':
      return { ...withoutError(state), status: 'loading' };
    case 'left':
      return emptyCart();
    case 'received':
      return receive(state, action.cart, action.answers);
    case 'wanted':
      return { ...withoutError(state), wanted: { ...state.wanted, [action.sku]: action.quantity } };
    case 'refused':
      return { ...state, error: action.error, wanted: without(state.wanted, action.sku) };
    case 'failed':
      return { ...state, status: state.cart ? 'ready' : 'failed', error: action.error };
    case 'dismissed':
      return { ...state, notices: state.notices.filter(({ sku }) => sku !== action.sku) };
  }
}

function receive(state: CartState, cart: Cart | undefined, answers: string | undefined): CartState {
  const { cart: _, ...rest } = withoutError(state);
  const wanted = answers === undefined ? state.wanted : without(state.wanted, answers);
  if (!cart) return { ...rest, status: 'ready', wanted, notices: [], seen: {} };
  const fresh = noticesOf(state.seen, cart);
  const old = state.notices.filter(
    ({ sku }) =>
      !fresh.some((notice) => notice.sku === sku) &&
      (cart.lines.some((line) => line.sku === sku) || cart.unavailable.includes(sku)),
  );
  return { status: 'ready', cart, wanted, notices: [...old, ...fresh], seen: seenIn(state.seen, cart) };
}

/** Compares a cart with what the customer saw before: prices that moved, products that are gone. */
export function noticesOf(seen: SeenPrices, cart: Cart): CartNotice[] {
  const moved = cart.lines.flatMap(({ sku, name, unitPrice }): CartNotice[] => {
    const before = seen[sku]?.unitPrice;
    return before && !sameMoney(before, unitPrice)
      ? [{ kind: 'price-changed', sku, name, from: before, to: unitPrice }]
      : [];
  });
  const gone = cart.unavailable.map((sku): CartNotice => {
    const name = seen[sku]?.name;
    return { kind: 'no-longer-sold', sku, ...(name === undefined ? {} : { name }) };
  });
  return [...moved, ...gone];
}

function seenIn(before: SeenPrices, cart: Cart): SeenPrices {
  const lines = cart.lines.map(({ sku, name, unitPrice }) => [sku, { name, unitPrice }] as const);
  // The name of a product that is gone is known from before only.
  const gone = cart.unavailable.flatMap((sku) => (before[sku] ? [[sku, before[sku]] as const] : []));
  return Object.fromEntries([...gone, ...lines]);
}

/** Units in the cart as the customer sees it, unanswered wishes included. */
export function countOf({ cart, wanted }: Pick<CartState, 'cart' | 'wanted'>): number {
  const quantities = { ...Object.fromEntries(cart?.lines.map((l) => [l.sku, l.quantity]) ?? []), ...wanted };
  return Object.values(quantities).reduce((sum, n) => sum + n, 0);
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}

function withoutError({ error: _, ...state }: CartState): CartState {
  return state;
}
