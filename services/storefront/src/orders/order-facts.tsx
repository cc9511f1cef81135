import type { Order } from '@shipline/contracts';
import { countryName } from '../checkout/countries.js';
import { Summary } from '../checkout/summary.js';
import { formatDate } from './format-date.js';

/** What does not change any more: goods, address, number and date. */
export function OrderFacts({ order }: { order: Order }) {
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
