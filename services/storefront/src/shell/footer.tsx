import { LoadLine } from '../ui/pictures.js';

export function Footer() {
  return (
    <footer className="foot">
      <div className="foot-inner">
        <p className="foot-brand">
          <LoadLine />
          Shipline
        </p>
        <p>A demonstration shop. Nothing you order here is ever sent.</p>
      </div>
    </footer>
  );
}
