import { ApiProblem } from '@shipline/contracts/client';
import { Link, useParams } from 'react-router';
import { RequireCustomer } from '../session/require-customer.js';
import { Empty } from '../ui/empty.js';
import { Loading } from '../ui/loading.js';
import { FailureNotice } from '../ui/notice.js';
import { Page } from '../ui/page.js';
import { Lighthouse } from '../ui/pictures.js';
import { OrderDetails } from './order-details.js';
import { useOrder } from './use-order.js';
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
