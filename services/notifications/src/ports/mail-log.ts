/** Which events have had their mail. */
export interface MailLog {
  /**
   * Takes the right to send an event's mail until `until`: `taken` for one caller at a time, `held` while another
   * one has it, `sent` once it was sent.
   */
  takeLease(eventId: string, lease: { now: Date; until: Date }): Promise<'taken' | 'held' | 'sent'>;

  /** From now on the event's mail is sent. The first time stands. */
  markSent(eventId: string, at: Date): Promise<void>;
}
