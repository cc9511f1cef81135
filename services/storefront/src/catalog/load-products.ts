import type { Product, ProductPage } from '@shipline/contracts';

export const PAGE_SIZE = 12;

/** What is on the shelf so far: whole pages of one category, and where the next page starts. */
export interface Shelf {
  readonly category: string | undefined;
  readonly items: readonly Product[];
  readonly pages: number;
  /** Absent before the first page and after the last. */
  readonly nextCursor?: string;
}

export const emptyShelf = (category: string | undefined): Shelf => ({ category, items: [], pages: 0 });

export const hasMore = ({ pages, nextCursor }: Shelf): boolean => pages === 0 || nextCursor !== undefined;

export function addPage({ category, items, pages }: Shelf, page: ProductPage): Shelf {
  return {
    category,
    items: [...items, ...page.items],
    pages: pages + 1,
    ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
  };
}

/** The query for the page that comes after what is on the shelf. */
export const nextQuery = ({ category, nextCursor }: Shelf) => ({
  limit: PAGE_SIZE,
  ...(category === undefined ? {} : { category }),
  ...(nextCursor === undefined ? {} : { cursor: nextCursor }),
});
