import { useCallback, useEffect, useRef, useState } from 'react';
import { useShop } from '../shop.js';
import { addPage, emptyShelf, hasMore, nextQuery, type Shelf } from './load-products.js';

interface ShelfView {
  readonly shelf: Shelf;
  readonly busy: boolean;
  readonly error?: unknown;
}

/** Fills the shelf up to `pages` pages, one after another: a cursor knows only its next page. */
export function useShelf(category: string | undefined, pages: number) {
  const { client } = useShop();
  const [view, setView] = useState<ShelfView>({ shelf: emptyShelf(category), busy: true });
  const [attempt, setAttempt] = useState(0);
  const held = useRef(view.shelf);

  // `attempt` is the wish to load again
  useEffect(() => {
    let current = true;
    let shelf = held.current.category === category ? held.current : emptyShelf(category);
    const show = (next: ShelfView) => {
      if (!current) return;
      held.current = next.shelf;
      setView(next);
    };
    const fill = async () => {
      while (current && shelf.pages < pages && hasMore(shelf)) {
        show({ shelf, busy: true });
        shelf = addPage(shelf, await client.listProducts({ query: nextQuery(shelf) }));
      }
      show({ shelf, busy: false });
    };
    fill().catch((error: unknown) => show({ shelf, busy: false, error }));
    return () => {
      current = false;
    };
  }, [client, category, pages, attempt]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  // Until the effect has run for a new category, the old shelf must not be shown under its name.
  const shown = view.shelf.category === category ? view : { shelf: emptyShelf(category), busy: true };
  return { ...shown, retry };
}
