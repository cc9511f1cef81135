import { useEffect, useRef } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Empty } from '../ui/empty.js';
import { FailureNotice } from '../ui/notice.js';
import { EmptyQuay } from '../ui/pictures.js';
import { categories } from './categories.js';
import { Harbour } from './harbour.js';
import { hasMore, PAGE_SIZE } from './load-products.js';
import { CardSkeletons, ProductCard } from './product-card.js';
import { useAvailability } from './use-availability.js';
import { useShelf } from './use-shelf.js';
import './shelf.css';

const MAX_PAGES = 40;

function pagesOf(text: string | null): number {
  const pages = Number(text ?? 1);
  return Number.isInteger(pages) && pages >= 1 && pages <= MAX_PAGES ? pages : 1;
}

/** The product grid. Category and number of pages are in the address, so that Back and a reload keep them. */
export function ShelfPage() {
  const [search] = useSearchParams();
  const category = search.get('category') ?? undefined;
  const name = categories.find(({ id }) => id === category)?.name;
  return (
    <>
      <title>{`${name ?? 'Goods for people who ship'} – Shipline`}</title>
      <Harbour />
      <div className="page page-shelf">
        <h2 className="shelf-title">{category === undefined ? 'Everything on board' : (name ?? category)}</h2>
        <ShelfGrid key={category ?? ''} category={category} pages={pagesOf(search.get('pages'))} />
      </div>
    </>
  );
}

function ShelfGrid({ category, pages }: { category: string | undefined; pages: number }) {
  const [search, setSearch] = useSearchParams();
  const { shelf, busy, error, retry } = useShelf(category, pages);
  const [available] = useAvailability(shelf.items.map(({ sku }) => sku));
  const list = useFocusOnNew(shelf.items.length);
  const showMore = () => {
    const next = new URLSearchParams(search);
    next.set('pages', String(shelf.pages + 1));
    setSearch(next, { replace: true, preventScrollReset: true });
  };

  if (shelf.pages === 0 && error !== undefined) return <FailureNotice error={error} onRetry={retry} />;
  if (shelf.pages > 0 && shelf.items.length === 0) return <NothingHere />;
  return (
    <>
      <p className="visually-hidden" role="status">
        {busy ? 'Loading products' : `${shelf.items.length} products shown`}
      </p>
      <ul className="grid" ref={list} aria-busy={busy}>
        {shelf.items.map((product, n) => (
          <ProductCard key={product.sku} product={product} available={available[product.sku]} eager={n < 4} />
        ))}
      </ul>
      {busy && <CardSkeletons count={shelf.pages === 0 ? PAGE_SIZE : 4} />}
      {error !== undefined && <FailureNotice error={error} onRetry={retry} />}
      {!busy && error === undefined && hasMore(shelf) && (
        <button type="button" className="button button-quiet shelf-more" onClick={showMore}>
          Show more products
        </button>
      )}
    </>
  );
}

/** After "Show more" the keyboard goes on at the first new product, not at the vanished button. */
function useFocusOnNew(count: number) {
  const list = useRef<HTMLUListElement>(null);
  const before = useRef(0);
  useEffect(() => {
    if (before.current > 0 && count > before.current && document.activeElement === document.body)
      list.current?.children[before.current]?.querySelector('a')?.focus();
    before.current = count;
  }, [count]);
  return list;
}

function NothingHere() {
  return (
    <Empty
      picture={<EmptyQuay />}
      title="This container is empty"
      action={
        <Link className="button" to="/">
          See everything
        </Link>
      }
    >
      There is nothing in this category at the moment.
    </Empty>
  );
}
