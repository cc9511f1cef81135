import type { Order } from '@shipline/contracts';
import { Link } from 'react-router';
import { Notice } from '../ui/notice.js';
import { Page } from '../ui/page.js';
import { Canary } from '../ui/pictures.js';
import { CancelOrder } from './cancel-order.js';
import { OrderFacts } from './order-facts.js';
import { isCancellable, voyageOf } from './steps.js';
import { useCartAfter } from './use-cart-after.js';
import { Voyage } from './voyage.js';

/** An order whose steps move while one looks. */
export function OrderDetails({
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
