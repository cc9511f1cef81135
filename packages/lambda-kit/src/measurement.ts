/** One number of the business, as it became true. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: 'Count' | 'Milliseconds' | 'None';
  /** Besides `service`; each combination is a metric of its own that costs by the month: few names, closed sets. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

export type Measure = (measurement: Measurement) => void;
