import { formatMoney, MAX_QUANTITY, type PricedLine } from '@shipline/contracts';
import { Link } from 'react-router';
import { Picture } from '../catalog/picture.js';
import { QuantityStepper } from '../ui/quantity-stepper.js';
import { useCart } from './cart-provider.js';

/** Pictures are named after their SKU; the cart's reply does not repeat the path. */
export const pictureOf = (sku: string): string => `/products/${sku}.svg`;

export function CartLine({ line, available }: { line: PricedLine; available: number | undefined }) {
  const { sku, name, unitPrice, lineTotal } = line;
  const { state, set } = useCart();
  const quantity = state.wanted[sku] ?? line.quantity;
  const room = Math.min(MAX_QUANTITY, Math.max(available ?? MAX_QUANTITY, 0));
  if (quantity === 0) return null;
  return (
    <li className="line">
      <Link className="line-picture" to={`/products/${sku}`} tabIndex={-1} aria-hidden="true">
        <Picture src={pictureOf(sku)} size={96} />
      </Link>
      <div className="line-name">
        <Link to={`/products/${sku}`}>{name}</Link>
        <span className="line-unit">{formatMoney(unitPrice)} each</span>
      </div>
      <div className="line-quantity">
        <QuantityStepper name={name} value={quantity} max={Math.max(room, 1)} onChange={(n) => set(sku, n)} />
        <button type="button" className="link-button" onClick={() => set(sku, 0)}>
          Remove<span className="visually-hidden"> {name}</span>
        </button>
      </div>
      <span className={`line-total ${state.wanted[sku] === undefined ? '' : 'is-stale'}`}>
        {formatMoney(lineTotal)}
      </span>
      {available !== undefined && available < quantity && (
        <LineShortage name={name} available={available} onTake={() => set(sku, available)} />
      )}
    </li>
  );
}

function LineShortage({ name, available, onTake }: { name: string; available: number; onTake: () => void }) {
  return (
    <p className="line-short" role="alert">
      {available === 0 ? `${name} has sold out. ` : `Only ${available} of these are left. `}
      <button type="button" className="link-button" onClick={onTake}>
        {available === 0 ? 'Take it out' : `Take ${available}`}
      </button>
    </p>
  );
}
