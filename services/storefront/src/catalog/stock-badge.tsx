import { stockLevel } from './use-availability.js';

/** "Sold out", "Only 3 left"; nothing while nothing is known. */
export function StockBadge({ available, quiet = false }: { available: number | undefined; quiet?: boolean }) {
  const { level, text } = stockLevel(available);
  if (level === 'unknown' || (quiet && level === 'plenty')) return null;
  return <span className={`stock stock-${level}`}>{text}</span>;
}
