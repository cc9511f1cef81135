import { LoadLine } from '../ui/pictures.js';

export function Footer() {
  return (
    <footer className="foot">
      <div className="foot-inner">
        <p className="foot-brand">
          <LoadLine />
          Shipline
        </p>
        <p>Small loads first, then the whole cargo.</p>
      </div>
    </footer>
  );
}
