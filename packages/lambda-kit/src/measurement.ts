import type { MetricName, metrics } from '@shipline/contracts/metrics';

type DimensionOf<N extends MetricName> = (typeof metrics)[N] extends { dimension: infer D extends string }
  ? { readonly dimensions: Readonly<Record<D, string>> }
  : { readonly dimensions?: never };

/** One number of the business, as it became true; names and dimensions are those of the metrics' contract. */
export type Measurement = {
  [N in MetricName]: { readonly name: N; readonly value: number } & DimensionOf<N>;
}[MetricName];

export type Measure = (measurement: Measurement) => void;
