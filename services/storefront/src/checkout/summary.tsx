import { type Cart, formatMoney } from '@shipline/contracts';
import { pictureOf } from '../cart/cart-line.js';
import { Picture } from '../catalog/picture.js';

export function Summary({ cart }: { cart: Pick<Cart, 'lines' | 'total'> }) {
  return (
    <>
      <ul className="mini-lines">
        {cart.lines.map(({ sku, name, quantity, lineTotal }) => (
          <li key={sku}>
            <Picture src={pictureOf(sku)} size={56} />
            <span className="mini-name">
              {name}
              <span className="mini-quantity"> × {quantity}</span>
            </span>
            <span>{formatMoney(lineTotal)}</span>
          </li>
        ))}
      </ul>
      <dl className="sum">
        <div>
          <dt>Shipping</dt>
          <dd>Free</dd>
        </div>
        <div className="sum-total">
          <dt>Total</dt>
          <dd>{formatMoney(cart.total)}</dd>
        </div>
      </dl>
    </>
  );
}
