import { type Cart, formatMoney } from '@shipline/contracts';
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { CartNotices } from '../cart/cart-notices.js';
import { focusFirstError } from '../ui/field.js';
import { FailureNotice, Notice } from '../ui/notice.js';
import { AddressSection } from './address-section.js';
import { CardSection } from './card-section.js';
import { CardRefused } from './mounted-card-form.js';
import { type AddressErrors, loadDraft, parseAddress, saveDraft } from './shipping-address.js';
import { Summary } from './summary.js';
import { useCardForm } from './use-card-form.js';
import type { useCheckout } from './use-checkout.js';

/** Address and card; paying it sends the order. */
export function CheckoutForm({
  customerId,
  cart,
  checkout,
}: {
  customerId: string;
  cart: Cart;
  checkout: ReturnType<typeof useCheckout>;
}) {
  const [draft, setDraft] = useState(() => loadDraft(sessionStorage, customerId));
  const [errors, setErrors] = useState<AddressErrors>({});
  const card = useCardForm(cart.total);
  const form = useRef<HTMLFormElement>(null);
  const busy = checkout.phase === 'paying';
  useEffect(() => saveDraft(sessionStorage, customerId, draft), [customerId, draft]);

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
