import { type SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mail } from '../domain/mail.js';
import { type Mailer, MailNotTaken } from '../ports/mailer.js';

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** The client must not repeat a call by itself: a mail whose reply was lost would go out twice. */
export class SesMailer implements Mailer {
  constructor(
    private readonly client: Pick<SESv2Client, 'send'>,
    private readonly senderAddress: string,
  ) {}

  async send(to: string, { subject, text, html }: Mail): Promise<void> {
    const command = new SendEmailCommand({
      FromEmailAddress: `Shipline <${this.senderAddress}>`,
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
    });
    try {
      await this.client.send(command);
    } catch (error) {
      throw withoutAddresses(error);
    }
  }
}

/** SES's sentences repeat the addresses (`Email address is not verified … ada@example.com`), so no cause is kept. */
function withoutAddresses(error: unknown): MailNotTaken {
  if (error instanceof SESv2ServiceException) return new MailNotTaken(error.name, error.$metadata.requestId);
  return new MailNotTaken(error instanceof Error ? error.name : typeof error);
}
