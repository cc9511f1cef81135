import type { Mail } from '../../src/domain/mail.js';
import type { Mailer } from '../../src/ports/mailer.js';

/** Keeps what was sent, in order. */
export class InMemoryMailer implements Mailer {
  readonly outbox: (Mail & { readonly to: string })[] = [];

  async send(to: string, mail: Mail): Promise<void> {
    this.outbox.push({ to, ...mail });
  }
}
