import type { EventDefinition } from '@shipline/contracts/events';
import { type ConsumerHandler, consumerEntry } from '@shipline/lambda-kit/consumer-entry';
import type { EntryOptions } from '@shipline/lambda-kit/invocation';
import type { Measure } from '@shipline/lambda-kit/measurement';
import type { SendOnce } from '../application/send-once.js';
import type { Mail } from '../domain/mail.js';

/**
 * A function that answers an event with a mail to the customer whom it is about. The log tells what became of
 * it, and neither address nor text.
 */
export const mailOn = <T extends { readonly customerId: string }>(
  definition: EventDefinition<T>,
  compose: (facts: T & { readonly time: string }, shopUrl: string) => Mail,
  { sendOnce, shopUrl, measure }: { sendOnce: SendOnce; shopUrl: string; measure: Measure },
  options: EntryOptions = {},
): ConsumerHandler =>
  consumerEntry(
    definition,
    async ({ id, time, data }, { logger }) => {
      const mail = compose({ ...data, time }, shopUrl);
      const outcome = await sendOnce({ eventId: id, customerId: data.customerId, mail });
      if (outcome === 'sent') measure({ name: 'MailsSent', value: 1, dimensions: { mail: definition.type } });
      logger[outcome === 'no-address' ? 'warn' : 'info']('mail', { outcome });
    },
    options,
  );
