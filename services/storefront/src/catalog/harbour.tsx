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
      <div className="harbour-scene" aria-hidden="true">
        <span className="sun" />
        <Crane />
      </div>
      <div className="harbour-inner">
        <div className="harbour-words">
          <h1>
            Goods for people <br />
            who ship
          </h1>
          <p>Small loads first, then the whole cargo.</p>
        </div>
        <nav className="ship" aria-label="Categories">
          <ul className="containers">
            {[{ id: '', name: 'Everything' }, ...categories].map(({ id, name }) => (
              <li key={id}>
                <Link
                  to={id === '' ? '/' : `/?category=${id}`}
                  preventScrollReset
                  aria-current={chosen === id ? 'page' : undefined}
                  className={`container container-${id || 'all'}`}
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
      <path className="hull-side" d="M12 10h792l84-10-52 110H44Z" />
      <path className="hull-red" d="M32 72h822l-18 38H44Z" />
      <path className="hull-line" d="M32 71h823" />
    </svg>
  );
}

function Crane() {
  return (
    <svg className="crane" viewBox="0 0 320 300" aria-hidden="true">
      <path d="M60 300 84 66M150 300 126 66M70 200h70M78 130h54M70 200l62-70M140 200 78 130M20 66h290M84 66 96 14h18l12 52M105 14 20 62M105 14l195 48M238 66v40" />
    </svg>
  );
}
