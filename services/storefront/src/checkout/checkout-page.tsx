import { Link } from 'react-router';
import { useCart } from '../cart/cart-provider.js';
import type { Customer } from '../session/auth.js';
import { RequireCustomer } from '../session/require-customer.js';
import { Empty } from '../ui/empty.js';
import { Loading } from '../ui/loading.js';
import { FailureNotice } from '../ui/notice.js';
import { Page } from '../ui/page.js';
import { EmptyQuay } from '../ui/pictures.js';
import { CheckoutForm } from './checkout-form.js';
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
  return <CheckoutForm customerId={customer.id} cart={state.cart} checkout={checkout} />;
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
