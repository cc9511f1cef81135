import { steppingClock } from '@shipline/testing';
import { makeSendOnce } from '../src/application/send-once.js';
import type { Customers } from '../src/ports/customers.js';
import { confirmed, now } from './builders.js';
import { InMemoryMailLog } from './fakes/in-memory-mail-log.js';
import { InMemoryMailer } from './fakes/in-memory-mailer.js';

/** Sending once, on fakes: the customer of the events' examples is ada@example.com, nobody else has an account. */
export function setup() {
  const mailLog = new InMemoryMailLog();
  const mailer = new InMemoryMailer();
  const clock = steppingClock(now);
  const accounts = new Map([[confirmed.customerId, 'ada@example.com']]);
  const customers: Customers = { emailOf: async (customerId) => accounts.get(customerId) };
  return {
    mailLog,
    mailer,
    clock,
    accounts,
    sendOnce: makeSendOnce({ mailLog, mailer, customers, now: clock }),
  };
}
