import type { Order } from '@shipline/contracts';
import { ApiProblem } from '@shipline/contracts/client';
import { useEffect, useRef } from 'react';
import { Link, useParams } from 'react-router';
import { useCart } from '../cart/cart-provider.js';
import { countryName } from '../checkout/countries.js';
import { Summary } from '../checkout/summary.js';
import { RequireCustomer } from '../session/require-customer.js';
import { Empty } from '../ui/empty.js';
import { Loading } from '../ui/loading.js';
import { FailureNotice, Notice } from '../ui/notice.js';
import { Page } from '../ui/page.js';
import { Canary, Lighthouse } from '../ui/pictures.js';
import { CancelOrder } from './cancel-order.js';
import { followCart } from './follow-cart.js';
import { formatDate } from './format-date.js';
import { browserClock } from './poll-order.js';
import { isCancellable, voyageOf } from './steps.js';
import { useOrder } from './use-order.js';
import { Voyage } from './voyage.js';
import './orders.css';

export function OrderPage() {
  const { orderId = '' } = useParams();
  return <RequireCustomer>{() => <FollowedOrder key={orderId} orderId={orderId} />}</RequireCustomer>;
}

function FollowedOrder({ orderId }: { orderId: string }) {
  const { order, trouble, again, cancel } = useOrder(orderId);
  if (order) return <OrderDetails order={order} trouble={trouble} onRetry={again} onCancel={cancel} />;
  const absent = trouble instanceof ApiProblem && [404, 422].includes(trouble.status);
  return (
    <Page title="Your order">
      {absent ? (
        <Empty picture={<Lighthouse />} title="No such order" action={<Link to="/orders">Your orders</Link>}>
          There is no order under this address in your account.
        </Empty>
      ) : trouble === undefined ? (
        <Loading what="your order" />
      ) : (
        <FailureNotice error={trouble} onRetry={again} />
      )}
    </Page>
  );
}

function OrderDetails({
  order,
  trouble,
  onRetry,
  onCancel,
}: {
  order: Order;
  trouble: unknown;
  onRetry: () => void;
  onCancel: () => Promise<void>;
}) {
  const voyage = voyageOf(order);
  useCartAfter(order);
  return (
    <Page title={voyage.headline} className={`order order-${voyage.tone}`} intro={voyage.text}>
      {order.status === 'confirmed' && (
        <div className="order-canary" aria-hidden="true">
          <Canary />
        </div>
      )}
      {trouble !== undefined && (
        <Notice tone="warning" actions={<RetryButton onRetry={onRetry} />}>
          We cannot see the newest state of your order right now. We keep trying.
        </Notice>
      )}
      <p className="visually-hidden" aria-live="polite" data-testid="order-status">
        {voyage.headline}
      </p>
      <Voyage steps={voyage.steps} tone={voyage.tone} />
      <OrderActions order={order} onCancel={onCancel} />
      <OrderFacts order={order} />
    </Page>
  );
}

function RetryButton({ onRetry }: { onRetry: () => void }) {
  return (
    <button type="button" className="button button-quiet" onClick={onRetry}>
      Look now
    </button>
  );
}

function OrderActions({ order, onCancel }: { order: Order; onCancel: () => Promise<void> }) {
  const closed = order.status === 'refused' || order.status === 'cancelled';
  return (
    <div className="order-actions">
      {order.status === 'refused' && (
        <Link className="button button-main" to="/cart">
          Back to your cart
        </Link>
      )}
      {(closed || order.status === 'confirmed') && (
        <Link className="button button-quiet" to="/">
          Look around
        </Link>
      )}
      {isCancellable(order) && <CancelOrder onCancel={onCancel} />}
    </div>
  );
}

function OrderFacts({ order }: { order: Order }) {
  const { name, line1, line2, postalCode, city, country } = order.shippingAddress;
  return (
    <div className="order-facts">
      <section aria-labelledby="goods-heading">
        <h2 id="goods-heading">What you ordered</h2>
        <Summary cart={order} />
      </section>
      <section aria-labelledby="goes-heading">
        <h2 id="goes-heading">Where it goes</h2>
        <address>
          {[name, line1, line2, `${postalCode} ${city}`, countryName(country)]
            .filter((text) => text !== undefined)
            .map((text) => (
              <span key={text}>{text}</span>
            ))}
        </address>
        <h2>Order number</h2>
        <p className="order-id">{order.orderId}</p>
        <p>{formatDate(order.createdAt)}</p>
      </section>
    </div>
  );
}

/** Keeps the number beside "Cart" true after an order. */
function useCartAfter({ status, lines }: Order) {
  const { reload } = useCart();
  const ordered = useRef(lines);
  useEffect(() => {
    if (status !== 'confirmed') return;
    const stop = new AbortController();
    void followCart(reload, ordered.current, browserClock, stop.signal);
    return () => stop.abort();
  }, [status, reload]);
}
