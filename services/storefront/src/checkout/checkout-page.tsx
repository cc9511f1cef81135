import type { Cart } from '@shipline/contracts';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { CartNotices } from '../cart/cart-notices.js';
import { useCart } from '../cart/cart-provider.js';
import { formatMoney } from '../money.js';
import type { Customer } from '../session/auth.js';
import { RequireCustomer } from '../session/require-customer.js';
import { Empty } from '../ui/empty.js';
import { focusFirstError } from '../ui/field.js';
import { Loading } from '../ui/loading.js';
import { FailureNotice, Notice } from '../ui/notice.js';
import { Page } from '../ui/page.js';
import { EmptyQuay } from '../ui/pictures.js';
import { AddressSection } from './address-section.js';
import { CardSection } from './card-section.js';
import { type AddressErrors, loadDraft, parseAddress, saveDraft } from './shipping-address.js';
import { Summary } from './summary.js';
import { CardRefused, useCardForm } from './use-card-form.js';
import { useCheckout } from './use-checkout.js';
import './checkout.css';

export function CheckoutPage() {
  return (
    <Page title="Check out">
      <RequireCustomer>{(customer) => <Checkout customer={customer} />}</RequireCustomer>
    </Page>
  );
}

function Checkout({ customer }: { customer: Customer }) {
  const checkout = useCheckout(customer);
  const { state, reload } = useCart();
  if (checkout.phase === 'settling') return <Loading what="what became of your order" />;
  if (checkout.phase === 'stuck') return <Stuck error={checkout.error} onAsk={checkout.askAgain} />;
  if (!state.cart && state.error !== undefined) return <FailureNotice error={state.error} onRetry={reload} />;
  if (!state.cart && state.status === 'loading') return <Loading what="your cart" />;
  if (!state.cart || state.cart.lines.length === 0) return <NothingToPay />;
  return <CheckoutForm cart={state.cart} checkout={checkout} />;
}

function CheckoutForm({ cart, checkout }: { cart: Cart; checkout: ReturnType<typeof useCheckout> }) {
  const [draft, setDraft] = useState(() => loadDraft(sessionStorage));
  const [errors, setErrors] = useState<AddressErrors>({});
  const card = useCardForm(cart.total);
  const form = useRef<HTMLFormElement>(null);
  const busy = checkout.phase === 'paying';
  useEffect(() => saveDraft(sessionStorage, draft), [draft]);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const parsed = parseAddress(draft);
    setErrors('errors' in parsed ? parsed.errors : {});
    if ('errors' in parsed) return focusFirstError(form.current);
    if (card.status === 'ready') void checkout.pay(cart, parsed.address, card.tokenise);
  };

  return (
    <form ref={form} className="split" noValidate onSubmit={submit}>
      <div className="panels">
        <CartNotices />
        <AddressSection draft={draft} errors={errors} locked={busy} onChange={setDraft} />
        <CardSection form={card} locked={busy} />
      </div>
      <aside className="bill" aria-label="Your order">
        <Summary cart={cart} />
        {checkout.error !== undefined && <PayFailure error={checkout.error} />}
        <button
          type="submit"
          className="button button-main button-pay"
          aria-disabled={busy || card.status !== 'ready'}
        >
          {busy ? 'Paying…' : `Pay ${formatMoney(cart.total)}`}
        </button>
        <p className="bill-note">
          <Link to="/cart">Change the cart</Link>
        </p>
      </aside>
    </form>
  );
}

function PayFailure({ error }: { error: unknown }) {
  return error instanceof CardRefused ? (
    <Notice tone="bad">{error.message}</Notice>
  ) : (
    <FailureNotice error={error} />
  );
}

/** The order may exist. Asking again is safe; paying for something else now would not be. */
function Stuck({ error, onAsk }: { error: unknown; onAsk: () => void }) {
  return (
    <div className="stuck">
      <FailureNotice error={error} />
      <p>
        Your order was sent, but we have not heard back whether it arrived. Asking again is safe: you cannot
        order twice.
      </p>
      <button type="button" className="button button-main" onClick={onAsk}>
        Ask again
      </button>
    </div>
  );
}

function NothingToPay() {
  return (
    <Empty
      picture={<EmptyQuay />}
      title="There is nothing to pay for"
      action={
        <Link className="button" to="/">
          Look around
        </Link>
      }
    >
      Your cart is empty.
    </Empty>
  );
}
