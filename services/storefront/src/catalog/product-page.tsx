import { formatMoney, type Product } from '@shipline/contracts';
import { ApiProblem } from '@shipline/contracts/client';
import { Link, useParams } from 'react-router';
import { useShop } from '../shop.js';
import { Empty } from '../ui/empty.js';
import { Loading } from '../ui/loading.js';
import { FailureNotice } from '../ui/notice.js';
import { EmptyQuay } from '../ui/pictures.js';
import { useResource } from '../ui/use-resource.js';
import { AddToCart } from './add-to-cart.js';
import { categories } from './categories.js';
import { Picture } from './picture.js';
import { StockBadge } from './stock-badge.js';
import { useAvailability } from './use-availability.js';
import './product.css';

export function ProductPage() {
  const { sku = '' } = useParams();
  const { client } = useShop();
  const [product, reload] = useResource(sku, () => client.getProduct({ params: { sku } }));
  if (product.status === 'loading') return <ProductLoading />;
  if (product.status === 'ready') return <ProductDetails product={product.value} />;
  return isGone(product.error) ? (
    <ProductGone />
  ) : (
    <div className="page">
      <h1>Product</h1>
      <FailureNotice error={product.error} onRetry={reload} />
    </div>
  );
}

/** A SKU that never was is refused as invalid; to a person both mean the same. */
const isGone = (error: unknown) =>
  error instanceof ApiProblem && ['PRODUCT_NOT_FOUND', 'INVALID_REQUEST'].includes(error.code);

function ProductDetails({ product }: { product: Product }) {
  const { sku, name, description, category, price, image } = product;
  const [availability] = useAvailability([sku]);
  const available = availability[sku];
  const shelf = categories.find(({ id }) => id === category);
  return (
    <article className="page product">
      <title>{`${name} – Shipline`}</title>
      <nav className="crumbs" aria-label="You are here">
        <Link to="/">Everything</Link>
        {shelf && <Link to={`/?category=${shelf.id}`}>{shelf.name}</Link>}
      </nav>
      <div className="product-picture">
        <Picture key={image} src={image} size={720} eager />
      </div>
      <div className="product-words">
        <h1>{name}</h1>
        <p className="product-price">{formatMoney(price)}</p>
        <p className="product-text">{description}</p>
        <p className="product-stock" role="status">
          <StockBadge available={available} />
        </p>
        <AddToCart product={product} available={available} />
        <p className="product-sku">
          <span className="visually-hidden">Article number </span>
          {sku}
        </p>
      </div>
    </article>
  );
}

function ProductLoading() {
  return (
    <div className="page product product-loading">
      <div className="product-picture" />
      <div className="product-words">
        <Loading what="the product" />
      </div>
    </div>
  );
}

function ProductGone() {
  return (
    <div className="page">
      <title>Not on board – Shipline</title>
      <h1 className="visually-hidden">Not on board</h1>
      <Empty
        picture={<EmptyQuay />}
        title="This one has sailed"
        action={
          <Link className="button" to="/">
            See what is on board
          </Link>
        }
      >
        We do not sell this product, or not any more.
      </Empty>
    </div>
  );
}
