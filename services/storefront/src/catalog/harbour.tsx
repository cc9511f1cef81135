import { Link, useSearchParams } from 'react-router';
import { categories } from './categories.js';
import './harbour.css';

/**
 * The shop's front: a ship at the quay whose containers are the categories. The chosen one hangs from the
 * crane. For assistive technology it is a heading and a list of links.
 */
export function Harbour() {
  const [search] = useSearchParams();
  const chosen = search.get('category') ?? '';
  return (
    <section className="harbour">
      <span className="sun" aria-hidden="true" />
      <div className="harbour-inner">
        <div className="harbour-words">
          <h1>
            Goods for people <br />
            who ship
          </h1>
          <p>Mugs, prints and deck gear, from our harbour to your desk.</p>
        </div>
        <nav className="ship" aria-label="Categories">
          <span className="girder" aria-hidden="true" />
          <Bridge />
          <ul className="containers">
            {[{ id: '', name: 'Everything' }, ...categories].map(({ id, name }) => (
              <li key={id} style={{ viewTransitionName: `container-${id || 'all'}` }}>
                <Link
                  to={id === '' ? '/' : `/?category=${id}`}
                  preventScrollReset
                  viewTransition
                  aria-current={chosen === id ? 'page' : undefined}
                  className="container"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
          <Ship />
        </nav>
      </div>
      <div className="water" aria-hidden="true" />
    </section>
  );
}

function Ship() {
  return (
    <svg className="hull" viewBox="0 0 900 110" preserveAspectRatio="none" aria-hidden="true">
      <path className="hull-side" d="M8 14h788l92-14-54 110H40Z" />
      <path className="hull-red" d="M29 74h826l-21 36H40Z" />
      <path className="hull-line" d="M28 73h828" />
    </svg>
  );
}

function Bridge() {
  return (
    <svg className="bridge" viewBox="0 0 96 150" aria-hidden="true">
      <path className="hull-side" d="M60 0h4v34h-4zM52 10h20v4H52z" />
      <path className="bridge-funnel" d="M14 44h22l4 40H10Z" />
      <path className="bridge-band" d="M13 54h24l1.2 10H12Z" />
      <path className="bridge-wall" d="M30 34h66v22H88v94H6V78h24Z" />
      <path
        className="bridge-glass"
        d="M36 40h14v10H36zM56 40h14v10H56zM76 40h14v10H76zM16 88h12v10H16zM38 88h12v10H38zM60 88h12v10H60zM16 110h12v10H16zM38 110h12v10H38zM60 110h12v10H60z"
      />
    </svg>
  );
}
