import { describe, expect, it } from 'vitest';
import { LEASE_SECONDS, MailInProgress } from '../../src/application/send-once.js';
import { aMail, confirmed, now } from '../builders.js';
import { InMemoryMailer } from '../fakes/in-memory-mailer.js';
import { setup } from '../setup.js';

const { customerId } = confirmed;
const input = { eventId: 'order#3', customerId, mail: aMail };

describe('sending the mail of an event', () => {
  it('goes to the address of the customer’s account', async () => {
    const { sendOnce, mailer, mailLog } = setup();

    expect(await sendOnce(input)).toBe('sent');
    expect(mailer.outbox).toEqual([{ to: 'ada@example.com', ...aMail }]);
    expect(mailLog.sent.get('order#3')).toEqual(now);
  });

  it('happens once, however often the event is delivered', async () => {
    const { sendOnce, mailer, clock } = setup();
    await sendOnce(input);
    clock.advance(24 * 60 * 60 * 1000);

    expect(await sendOnce(input)).toBe('sent-before');
    expect(mailer.outbox).toHaveLength(1);
  });

  it('happens once for deliveries at the same time; the others come back later', async () => {
    const { sendOnce, mailer } = setup();

    const settled = await Promise.allSettled([sendOnce(input), sendOnce(input), sendOnce(input)]);

    expect(mailer.outbox).toHaveLength(1);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of settled)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(MailInProgress);
  });

  it('waits for an attempt that may still be alive, and takes over from one that is not', async () => {
    const { sendOnce, mailer, clock } = setup();
    mailer.send = () => Promise.reject(new Error('SES does not answer'));
    await expect(sendOnce(input)).rejects.toThrow('SES does not answer');
    mailer.send = InMemoryMailer.prototype.send;

    clock.advance(LEASE_SECONDS * 1000 - 1);
    await expect(sendOnce(input)).rejects.toThrow(MailInProgress);
    clock.advance(1);

    expect(await sendOnce(input)).toBe('sent');
    expect(mailer.outbox).toHaveLength(1);
  });

  it('happens twice rather than never when it cannot be noted: the one window for a duplicate', async () => {
    const { sendOnce, mailer, mailLog, clock } = setup();
    const { markSent } = mailLog;
    mailLog.markSent = () => Promise.reject(new Error('no table'));
    await expect(sendOnce(input)).rejects.toThrow('no table');
    mailLog.markSent = markSent;
    clock.advance(LEASE_SECONDS * 1000);

    expect(await sendOnce(input)).toBe('sent');
    expect(mailer.outbox).toHaveLength(2);
    expect(await sendOnce(input)).toBe('sent-before');
  });

  it('is given up where the account is gone', async () => {
    const { sendOnce, mailer, accounts } = setup();
    accounts.clear();

    expect(await sendOnce(input)).toBe('no-address');
    expect(mailer.outbox).toEqual([]);
  });
});
