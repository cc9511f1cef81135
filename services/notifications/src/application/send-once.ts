import type { Clock } from '@shipline/lambda-kit/clock';
import type { Mail } from '../domain/mail.js';
import type { Customers } from '../ports/customers.js';
import type { MailLog } from '../ports/mail-log.js';
import type { Mailer } from '../ports/mailer.js';

/**
 * Longer than a function may run (20 s), so that nobody takes over from a sender that is still alive; shorter
 * than the queue waits before it hands a message out again (120 s), so that the next attempt finds it free.
 */
export const LEASE_SECONDS = 60;

/** Another attempt is sending this mail. The message comes back and then finds it sent, or the lease free. */
export class MailInProgress extends Error {
  override readonly name = 'MailInProgress';
}

export type SendOnce = (input: {
  readonly eventId: string;
  readonly customerId: string;
  readonly mail: Mail;
}) => Promise<'sent' | 'sent-before' | 'no-address'>;

/**
 * Sends the mail of an event, also when the event is delivered again, once: with one exception. Where the mail
 * was taken and `markSent` did not happen (the function died, or SES's reply was lost), the next delivery sends
 * it again. Marked first, that fault would lose the mail instead, and SES has no key by which to recognise a
 * repeat: a second receipt is a nuisance, a missing one is a customer who does not know whether they paid.
 *
 * @throws {MailInProgress} while another attempt has the lease.
 */
export const makeSendOnce =
  ({
    mailLog,
    customers,
    mailer,
    now,
  }: {
    mailLog: MailLog;
    customers: Customers;
    mailer: Mailer;
    now: Clock;
  }): SendOnce =>
  async ({ eventId, customerId, mail }) => {
    const start = now();
    const until = new Date(start.getTime() + LEASE_SECONDS * 1000);
    const lease = await mailLog.takeLease(eventId, { now: start, until });
    if (lease === 'sent') return 'sent-before';
    if (lease === 'held') throw new MailInProgress(eventId);
    const address = await customers.emailOf(customerId);
    // The account is gone, and with it the address: trying again would not bring it back.
    if (address === undefined) return 'no-address';
    await mailer.send(address, mail);
    await mailLog.markSent(eventId, now());
    return 'sent';
  };
