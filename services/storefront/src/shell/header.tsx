import { Link, NavLink, useNavigate } from 'react-router';
import { useCart } from '../cart/cart-provider.js';
import { useSession } from '../session/session-provider.js';
import { LoadLine } from '../ui/pictures.js';

export function Header() {
  const { count } = useCart();
  return (
    <header className="top">
      <div className="top-inner">
        <Link className="brand" to="/" aria-label="Shipline, to the shelves">
          <LoadLine />
          <span>Shipline</span>
        </Link>
        <nav className="top-nav" aria-label="Account and cart">
          <Account />
          <NavLink className="top-cart" to="/cart" aria-label={cartLabel(count)}>
            Cart
            {count > 0 && (
              <span className="top-count" aria-hidden="true">
                {count}
              </span>
            )}
          </NavLink>
        </nav>
      </div>
    </header>
  );
}

const cartLabel = (count: number) =>
  count === 0 ? 'Cart, empty' : `Cart, ${count} ${count === 1 ? 'thing' : 'things'}`;

function Account() {
  const { state, signOut } = useSession();
  const navigate = useNavigate();
  if (state.status === 'restoring') return <span className="top-waiting" aria-hidden="true" />;
  if (state.status === 'guest') return <NavLink to="/sign-in">Sign in</NavLink>;
  const leave = async () => {
    await navigate('/');
    await signOut();
  };
  return (
    <>
      <NavLink to="/orders">Orders</NavLink>
      <button type="button" className="top-button" onClick={leave} title={state.customer.email}>
        Sign out
      </button>
    </>
  );
}
