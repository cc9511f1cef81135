import type { LoadBudget } from '../delivery/budgets.js';
import type { Finding } from '../drills/verdict/finding.js';

/** What people felt while many used the shop. Milliseconds; undefined where nobody came. */
export interface LoadMeasurement {
  readonly reads: number;
  readonly readP99Ms: number | undefined;
  readonly orders: number;
  readonly checkoutP99Ms: number | undefined;
  /** Requests and orders without a good answer. */
  readonly errors: number;
  /** What is wrong with orders that came to rest. */
  readonly contradictions: readonly string[];
}

/** What the budget demands, and whether it was so. Nobody who came has shown nothing. */
export function loadFindings(measured: LoadMeasurement, budget: LoadBudget): Finding[] {
  const { reads, orders, errors, contradictions } = measured;
  const share = errors / Math.max(1, reads + orders);
  return [
    { claim: 'people came', found: `${reads} read, ${orders} ordered`, holds: reads > 0 && orders > 0 },
    within('p99 of a page', measured.readP99Ms, budget.readP99Ms),
    within('p99 of a checkout', measured.checkoutP99Ms, budget.checkoutP99Ms),
    {
      claim: `share of errors ≤ ${percent(budget.errorShare)}`,
      found: `${percent(share)} (${errors})`,
      holds: share <= budget.errorShare,
    },
    {
      claim: 'order, stock, ledger and gateway agree',
      found: contradictions[0] ?? 'they do',
      holds: contradictions.length === 0,
    },
  ];
}

const within = (name: string, ms: number | undefined, limit: number): Finding => ({
  claim: `${name} ≤ ${limit} ms`,
  found: ms === undefined ? 'not measured' : `${Math.round(ms)} ms`,
  holds: ms !== undefined && ms <= limit,
});

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

export function percentile99(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1];
}
