/** Who the customers are; asked when a mail is sent, so that no address is in an event or in our table. */
export interface Customers {
  /** @returns undefined where there is no such account any more. */
  emailOf(customerId: string): Promise<string | undefined>;
}
