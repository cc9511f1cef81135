/** What the merchant got, as it went over the wire; an idempotency key keeps it. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}
