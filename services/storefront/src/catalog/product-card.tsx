import { formatMoney, type Product } from '@shipline/contracts';
import { Link } from 'react-router';
import { Picture } from './picture.js';
import { StockBadge } from './stock-badge.js';

export function ProductCard({
  product,
  available,
  eager,
}: {
  product: Product;
  available: number | undefined;
  eager: boolean;
}) {
  const { sku, name, price, image } = product;
  return (
    <li className="card">
      <Link className="card-link" to={`/products/${sku}`}>
        <span className="card-picture">
          <Picture src={image} size={400} eager={eager} />
          <StockBadge available={available} quiet />
        </span>
        <span className="card-name">{name}</span>
        <span className="card-price">{formatMoney(price)}</span>
      </Link>
    </li>
  );
}

/** Holds the grid's place while products are on their way. */
export function CardSkeletons({ count }: { count: number }) {
  return (
    <ul className="grid" aria-hidden="true">
      {Array.from({ length: count }, (_, n) => `skeleton-${n}`).map((key) => (
        <li key={key} className="card card-skeleton">
          <span className="card-picture" />
          <span className="card-name" />
          <span className="card-price" />
        </li>
      ))}
    </ul>
  );
}
