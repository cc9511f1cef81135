/**
 * What provisioned concurrency costs and what it saves. Prices: us-east-1, arm64, dollars per GB-second
 * (https://aws.amazon.com/lambda/pricing/).
 */
const PROVISIONED_GB_SECOND = 0.0000033334;
const MONTH_SECONDS = 30 * 24 * 3600;

/** How long an idle environment stays, in seconds: AWS does not say; minutes are what people see. */
export const KEPT_SECONDS = 600;

export interface WarmFunction {
  readonly memoryMb: number;
  readonly count: number;
}

/** Dollars a month for keeping them warm, whether anybody comes or not. */
export const standingCost = (functions: readonly WarmFunction[]): number =>
  functions.reduce(
    (sum, { memoryMb, count }) => sum + (memoryMb / 1024) * count * MONTH_SECONDS * PROVISIONED_GB_SECOND,
    0,
  );

/**
 * The share of orders that find a function cold when they come at random, `perDay` of them: nobody came while the last
 * environment was kept. Bursts, which need several environments at once, come on top.
 */
export const coldShare = (perDay: number): number => Math.exp((-perDay / 86_400) * KEPT_SECONDS);

export interface Saving {
  readonly perDay: number;
  /** Share of the orders that a cold start kept waiting, 0 to 1. */
  readonly coldShare: number;
  /** Orders a month that no longer wait. */
  readonly saved: number;
  /** Dollars for each of them, and for each order altogether. */
  readonly perSaved: number;
  readonly perOrder: number;
}

/** @param perDay Orders a day, at random moments. */
export function saving(functions: readonly WarmFunction[], perDay: number): Saving {
  const cost = standingCost(functions);
  const share = coldShare(perDay);
  const saved = perDay * 30 * share;
  return { perDay, coldShare: share, saved, perSaved: cost / saved, perOrder: cost / (perDay * 30) };
}

/** The page's table, as Markdown. */
export function savingsTable(functions: readonly WarmFunction[], days: readonly number[]): string[] {
  const rows = days.map((perDay) => {
    const row = saving(functions, perDay);
    return [
      perDay.toLocaleString('en'),
      `${(row.coldShare * 100).toFixed(row.coldShare < 0.01 ? 2 : 0)} %`,
      Math.round(row.saved).toLocaleString('en'),
      `${row.perSaved < 1000 ? row.perSaved.toFixed(2) : '> 1,000'} $`,
      `${row.perOrder.toFixed(4)} $`,
    ];
  });
  const heading = ['orders a day', 'find it cold', 'waits saved a month', 'per wait saved', 'per order'];
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(heading), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
