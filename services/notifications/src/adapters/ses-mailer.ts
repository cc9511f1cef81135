import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Mail } from '../domain/mail.js';
import type { Mailer } from '../ports/mailer.js';

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/** The client must not repeat a call by itself: a mail whose reply was lost would go out twice. */
export class SesMailer implements Mailer {
  constructor(
    private readonly client: Pick<SESv2Client, 'send'>,
    private readonly senderAddress: string,
  ) {}

  async send(to: string, { subject, text, html }: Mail): Promise<void> {
    await this.client.send(
      new SendEmailCommand({
        FromEmailAddress: `Shipline <${this.senderAddress}>`,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } } },
      }),
    );
  }
}
