import { MAX_QUANTITY, type Product } from '@shipline/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import { useCart } from '../cart/cart-provider.js';
import { FailureNotice } from '../ui/notice.js';
import { QuantityStepper } from '../ui/quantity-stepper.js';

/** How many, and into the cart; adds to what is there already, never beyond what can be had. */
export function AddToCart({ product, available }: { product: Product; available: number | undefined }) {
  const { sku, name } = product;
  const { state, set } = useCart();
  const [quantity, setQuantity] = useState(1);
  const [added, setAdded] = useState(0);
  const [tried, setTried] = useState(false);
  const inCart = state.wanted[sku] ?? state.cart?.lines.find((line) => line.sku === sku)?.quantity ?? 0;
  const room = Math.max(0, Math.min(MAX_QUANTITY, available ?? MAX_QUANTITY) - inCart);
  const chosen = Math.min(quantity, Math.max(room, 1));

  const add = async () => {
    setTried(true);
    setAdded(0);
    if (await set(sku, inCart + chosen)) {
      setAdded(chosen);
      setQuantity(1);
    }
  };

  if (available === 0) return <p className="add-none">The next ship brings more; look in again soon.</p>;
  return (
    <div className="add">
      <div className="add-row">
        <QuantityStepper name={name} value={chosen} max={Math.max(room, 1)} onChange={setQuantity} />
        <button type="button" className="button button-main" disabled={room === 0} onClick={add}>
          Add to cart
        </button>
      </div>
      <div aria-live="polite" className="add-result">
        {added > 0 && (
          <p>
            {added === 1 ? 'One is' : `${added} are`} in your cart. <Link to="/cart">Go to the cart</Link>
          </p>
        )}
        {room === 0 && <p>All that we have is in your cart already.</p>}
      </div>
      {tried && state.error !== undefined && <FailureNotice error={state.error} onRetry={add} />}
    </div>
  );
}
