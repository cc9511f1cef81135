/** A rectangle of the chart, and how values become places in it. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export type Scale = (value: number) => number;

export const linear =
  (fromLow: number, fromHigh: number, toLow: number, toHigh: number): Scale =>
  (value) =>
    toLow + ((value - fromLow) / (fromHigh - fromLow || 1)) * (toHigh - toLow);

/** Equal steps for equal factors; what is below the lowest value is drawn at it. */
export const logarithmic = (fromLow: number, fromHigh: number, toLow: number, toHigh: number): Scale => {
  const scale = linear(Math.log10(fromLow), Math.log10(fromHigh), toLow, toHigh);
  return (value) => scale(Math.log10(Math.min(Math.max(value, fromLow), fromHigh)));
};

/** Three to six round numbers from 0 to at least `highest`. */
export function ticks(highest: number): number[] {
  const rough = Math.max(highest, 1) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude);
  const count = Math.ceil(highest / step);
  return Array.from({ length: Math.max(count, 1) + 1 }, (_, index) => index * step);
}
