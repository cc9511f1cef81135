import { type Cart, formatMoney } from '@shipline/contracts';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useAvailability } from '../catalog/use-availability.js';
import { useSession } from '../session/session-provider.js';
import { Empty } from '../ui/empty.js';
import { Loading } from '../ui/loading.js';
import { FailureNotice } from '../ui/notice.js';
import { Page } from '../ui/page.js';
import { EmptyQuay } from '../ui/pictures.js';
import { CartLine } from './cart-line.js';
import { CartNotices } from './cart-notices.js';
import { useCart } from './cart-provider.js';
import { shortages } from './shortages.js';
import './cart.css';

export function CartPage() {
  const { state, reload } = useCart();
  const { cart } = state;
  return (
    <Page title="Your cart">
      {state.status === 'loading' && !cart && <Loading what="your cart" />}
      {state.error !== undefined && <FailureNotice error={state.error} onRetry={reload} />}
      <CartNotices />
      {state.status === 'ready' && (!cart || cart.lines.length === 0) && <EmptyCart />}
      {cart && cart.lines.length > 0 && <FullCart cart={cart} />}
    </Page>
  );
}

function FullCart({ cart }: { cart: Cart }) {
  const { state } = useCart();
  const [available] = useAvailability(cart.lines.map(({ sku }) => sku));
  const short = shortages(cart.lines, available, state.wanted);
  const list = useFocusAfterRemoval(cart.lines.length);
  const busy = Object.keys(state.wanted).length > 0;
  return (
    <div className="split">
      <ul className="lines" ref={list} tabIndex={-1} aria-label="Products in your cart">
        {cart.lines.map((line) => (
          <CartLine key={line.sku} line={line} available={available[line.sku]} />
        ))}
      </ul>
      <aside className="bill" aria-label="Summary">
        <dl className="sum">
          <div>
            <dt>Shipping</dt>
            <dd>Free</dd>
          </div>
          <div className="sum-total">
            <dt>Total</dt>
            <dd aria-live="polite" className={busy ? 'is-stale' : ''}>
              {formatMoney(cart.total)}
            </dd>
          </div>
        </dl>
        <ToCheckout blocked={short.length > 0} />
      </aside>
    </div>
  );
}

/** When a removed line takes the focused button with it, the keyboard goes on at the list. */
function useFocusAfterRemoval(count: number) {
  const list = useRef<HTMLUListElement>(null);
  const before = useRef(count);
  useEffect(() => {
    if (count < before.current && document.activeElement === document.body) list.current?.focus();
    before.current = count;
  }, [count]);
  return list;
}

function ToCheckout({ blocked }: { blocked: boolean }) {
  const { state } = useSession();
  if (blocked) return <p className="bill-note">Lower or remove what is sold out, then you can check out.</p>;
  const signedIn = state.status === 'signed-in';
  return (
    <>
      <Link className="button button-main" to={signedIn ? '/checkout' : '/sign-in?next=/checkout'}>
        Check out
      </Link>
      {!signedIn && (
        <p className="bill-note">
          You sign in first, so that you can follow your order. Your cart comes along.
        </p>
      )}
    </>
  );
}

function EmptyCart() {
  return (
    <Empty
      picture={<EmptyQuay />}
      title="Nothing on the hook yet"
      action={
        <Link className="button" to="/">
          Look around
        </Link>
      }
    >
      What you add to your cart is kept here, also when you come back.
    </Empty>
  );
}
