/** One thing that must be so, and what was found. */
export interface Finding {
  readonly claim: string;
  readonly found: string;
  readonly holds: boolean;
}
