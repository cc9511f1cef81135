/** What waiting between attempts needs. */
export interface Patience {
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}
