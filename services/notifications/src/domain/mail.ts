/** A message to one customer: the same in plain text and in HTML. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
