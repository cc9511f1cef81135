import { Empty } from '../ui/empty.js';
import { Lighthouse } from '../ui/pictures.js';

/** A fault of the page itself, or a part of it that could not be loaded after a release. */
export function CrashPage() {
  return (
    <main className="page page-center">
      <title>Something broke – Shipline</title>
      <h1 className="visually-hidden">Something broke</h1>
      <Empty
        picture={<Lighthouse />}
        title="This page ran aground"
        action={
          <button type="button" className="button" onClick={() => location.reload()}>
            Reload
          </button>
        }
      >
        Nothing is lost: your cart and your orders are safe. Reload to go on.
      </Empty>
    </main>
  );
}
