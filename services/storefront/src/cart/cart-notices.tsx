import { formatMoney } from '@shipline/contracts';
import { Notice } from '../ui/notice.js';
import { useCart } from './cart-provider.js';
import type { CartNotice } from './cart-reducer.js';

/** What changed in the cart since the customer last looked: prices, and products that are gone. */
export function CartNotices() {
  const { state, set, dismiss } = useCart();
  return state.notices.map((notice) => (
    <Notice
      key={`${notice.kind}-${notice.sku}`}
      tone="warning"
      actions={
        notice.kind === 'no-longer-sold' ? (
          <button type="button" className="button button-quiet" onClick={() => set(notice.sku, 0)}>
            Remove
          </button>
        ) : (
          <button type="button" className="button button-quiet" onClick={() => dismiss(notice.sku)}>
            All right
          </button>
        )
      }
    >
      {wordsOf(notice)}
    </Notice>
  ));
}

function wordsOf(notice: CartNotice): string {
  if (notice.kind === 'no-longer-sold')
    return `${notice.name ?? notice.sku} is no longer sold and is not part of the total.`;
  const way = notice.to.amount < notice.from.amount ? 'went down' : 'went up';
  return `The price of ${notice.name} ${way} from ${formatMoney(notice.from)} to ${formatMoney(notice.to)}.`;
}
