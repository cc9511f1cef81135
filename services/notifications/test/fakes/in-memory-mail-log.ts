import type { MailLog } from '../../src/ports/mail-log.js';

export class InMemoryMailLog implements MailLog {
  readonly sent = new Map<string, Date>();
  private readonly leases = new Map<string, Date>();

  async takeLease(
    eventId: string,
    { now, until }: { now: Date; until: Date },
  ): Promise<'taken' | 'held' | 'sent'> {
    if (this.sent.has(eventId)) return 'sent';
    const heldUntil = this.leases.get(eventId);
    if (heldUntil && heldUntil > now) return 'held';
    this.leases.set(eventId, until);
    return 'taken';
  }

  async markSent(eventId: string, at: Date): Promise<void> {
    if (!this.sent.has(eventId)) this.sent.set(eventId, at);
  }
}
