import { formatMoney, type OrderPage as OrderPageReply } from '@shipline/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import { RequireCustomer } from '../session/require-customer.js';
import { useShop } from '../shop.js';
import { Empty } from '../ui/empty.js';
import { Loading } from '../ui/loading.js';
import { FailureNotice } from '../ui/notice.js';
import { Page } from '../ui/page.js';
import { EmptyQuay } from '../ui/pictures.js';
import { useResource } from '../ui/use-resource.js';
import { formatDate } from './format-date.js';
import { statusWords } from './steps.js';
import './orders.css';

export function OrdersPage() {
  return (
    <Page title="Your orders">
      <RequireCustomer>{({ id }) => <OrderList key={id} />}</RequireCustomer>
    </Page>
  );
}

function OrderList() {
  const { client } = useShop();
  const [first, reload] = useResource('orders', () => client.listOrders({}));
  if (first.status === 'loading') return <Loading what="your orders" />;
  if (first.status === 'failed') return <FailureNotice error={first.error} onRetry={reload} />;
  if (first.value.items.length === 0) return <NoOrders />;
  return <OrderRows first={first.value} />;
}

function OrderRows({ first }: { first: OrderPageReply }) {
  const { client } = useShop();
  const [pages, setPages] = useState([first]);
  const [error, setError] = useState<unknown>();
  const cursor = pages.at(-1)?.nextCursor;
  const more = async () => {
    setError(undefined);
    try {
      const next = await client.listOrders({ query: { cursor } });
      // Pressed twice, the button asks twice for the same page.
      setPages((was) => (was.at(-1)?.nextCursor === cursor ? [...was, next] : was));
    } catch (reason) {
      setError(reason);
    }
  };
  return (
    <>
      <ul className="order-rows">
        {pages
          .flatMap(({ items }) => items)
          .map(({ orderId, status, total, createdAt }) => (
            <li key={orderId}>
              <Link to={`/orders/${orderId}`}>
                <span className="row-date">{formatDate(createdAt)}</span>
                <span className={`row-status status-${status}`}>{statusWords[status]}</span>
                <span className="row-total">{formatMoney(total)}</span>
                <span className="row-id">{orderId}</span>
              </Link>
            </li>
          ))}
      </ul>
      {error !== undefined && <FailureNotice error={error} onRetry={more} />}
      {cursor !== undefined && (
        <button type="button" className="button button-quiet shelf-more" onClick={more}>
          Show older orders
        </button>
      )}
    </>
  );
}

function NoOrders() {
  return (
    <Empty
      picture={<EmptyQuay />}
      title="No orders yet"
      action={
        <Link className="button" to="/">
          Look around
        </Link>
      }
    >
      What you order appears here, and you can follow each order on its way.
    </Empty>
  );
}
