import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Loading } from '../ui/loading.js';
import type { Customer } from './auth.js';
import { useSession } from './session-provider.js';

/** Shows its page to a signed-in customer; a guest signs in first and comes back. */
export function RequireCustomer({ children }: { children: (customer: Customer) => ReactNode }) {
  const { state } = useSession();
  const { pathname, search } = useLocation();
  if (state.status === 'restoring')
    return (
      <div className="page">
        <Loading what="your account" />
      </div>
    );
  if (state.status === 'guest')
    return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  return children(state.customer);
}
